namespace CacheOrleans.Client;

/// <summary>Caches what a method returns; its body is the fallback.</summary>
/// <remarks>
/// <para>On a method of an interface, or of a class that implements an interface's method. It has to return
/// <see cref="Task{TResult}"/> or <see cref="ValueTask{TResult}"/>. A decorator of the interface is generated, which
/// <see cref="CachedServiceCollectionExtensions"/> adds to an application; calls that go past it are not cached.</para>
/// <para>Parameters fill the names in the key, without regard to case and underscores; a
/// <see cref="CancellationToken"/> is no part of a key.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CacheWithFallbackAttribute : Attribute
{
    /// <summary>Declares a cache.</summary>
    /// <param name="name">Letters, digits, <c>_</c>, <c>-</c>, <c>.</c>; 64 at most, 47 where types are
    /// parameters.</param>
    public CacheWithFallbackAttribute(string name) => Name = name;

    /// <summary>Uses a definition that is held elsewhere.</summary>
    /// <param name="holder">The type that holds it.</param>
    /// <param name="member">Its static field or property, a <c>CacheDefinition&lt;TKey, T&gt;</c>. The method's
    /// parameters are its key, in order.</param>
    public CacheWithFallbackAttribute(Type holder, string member)
    {
        Holder = holder;
        Member = member;
    }

    /// <summary>The cache's name; null where a definition is used.</summary>
    public string? Name { get; }

    /// <summary>The type that holds the definition; null where a cache is declared.</summary>
    public Type? Holder { get; }

    /// <summary>The definition's field or property; null where a cache is declared.</summary>
    public string? Member { get; }

    /// <summary>The pattern of the keys, such as <c>user:{user_id}</c>.</summary>
    /// <value>The default value is the cache's name: one entry, whatever the arguments.</value>
    public string? Key { get; set; }

    /// <summary>How long an entry lives, such as <c>00:05:00</c>; 1 ms to ten years.</summary>
    /// <value>There is no default: a declared cache must have one.</value>
    public string? TimeToLive { get; set; }

    /// <summary>The version of the keys, which separates values of different shapes; 1 or more.</summary>
    /// <value>The default value is 1.</value>
    public int Version { get; set; } = 1;
}
