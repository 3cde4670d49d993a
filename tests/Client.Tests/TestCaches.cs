using CacheOrleans.Definitions;

namespace CacheOrleans.Client.Tests;

/// <summary>Definitions that the tests read with, none of which the silos know, but for greetings.</summary>
internal static class TestCaches
{
    public static readonly CacheDefinition<string, string> Greeting =
        new("greeting", "greeting:{name}", TimeSpan.FromMinutes(5));

    /// <summary>A cache of its own for a test.</summary>
    public static CacheDefinition<int, T> New<T>(TimeSpan? timeToLive = null) =>
        new($"numbers-{Guid.NewGuid():N}", "number:{id}", timeToLive ?? TimeSpan.FromMinutes(5));
}
