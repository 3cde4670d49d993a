namespace CacheOrleans.Client.Connection;

/// <summary>What became of a call.</summary>
/// <typeparam name="T">The type of the answer.</typeparam>
/// <param name="IsReached">Whether it was answered.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Silence">Why there is none, where that is known.</param>
internal readonly record struct Reached<T>(bool IsReached, T? Answer, Exception? Silence = null);
