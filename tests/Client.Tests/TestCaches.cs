using CacheOrleans.Definitions;

namespace CacheOrleans.Client.Tests;

/// <summary>Definitions that the tests use; of these, the silos know only the greetings.</summary>
internal static class TestCaches
{
    public static readonly CacheDefinition<string, string> Greeting =
        new("greeting", "greeting:{name}", TimeSpan.FromMinutes(5));

    /// <summary>Defines a new cache, so that tests do not share entries.</summary>
    public static CacheDefinition<int, T> New<T>(TimeSpan? timeToLive = null) =>
        new($"numbers-{Guid.NewGuid():N}", "number:{id}", timeToLive ?? TimeSpan.FromMinutes(5));
}
