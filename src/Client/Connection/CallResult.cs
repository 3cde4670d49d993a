namespace CacheOrleans.Client.Connection;

/// <summary>What became of a call.</summary>
/// <typeparam name="T">The type of the answer.</typeparam>
/// <param name="IsAnswered">Whether it was answered.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Error">Why there is none, where that is known.</param>
internal readonly record struct CallResult<T>(bool IsAnswered, T? Answer, Exception? Error = null);
