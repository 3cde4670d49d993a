namespace CacheOrleans.Grains.Coordination;

/// <summary>Creates a source of random numbers that only its caller uses.</summary>
/// <remarks>
/// A type of its own, so that a <see cref="Random"/> that an application registers is not taken for it.
/// </remarks>
internal delegate Random NewRandom();
