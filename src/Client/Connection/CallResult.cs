namespace CacheOrleans.Client.Connection;

/// <summary>The result of a call.</summary>
/// <typeparam name="T">The type of the answer.</typeparam>
/// <param name="IsAnswered">Whether the call was answered.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Error">The error because of which there is no answer, if it is known.</param>
internal readonly record struct CallResult<T>(bool IsAnswered, T? Answer, Exception? Error = null);
