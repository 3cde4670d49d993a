namespace CacheOrleans.Client;

/// <summary>Caches the result of a method, whose body is the fallback.</summary>
/// <remarks>
/// <para>Put it on a method of an interface, or of a class that implements the interface's method. The method must
/// return <see cref="Task{TResult}"/> or <see cref="ValueTask{TResult}"/>. A decorator of the interface is generated,
/// and <see cref="Microsoft.Extensions.DependencyInjection.CachedServiceCollectionExtensions"/> adds it to an
/// application. Calls that bypass the decorator are
/// not cached.</para>
/// <para>Parameters fill the names in the key; case and underscores are ignored. A <see cref="CancellationToken"/> is
/// not part of a key.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CacheWithFallbackAttribute : Attribute
{
    /// <summary>Declares a cache.</summary>
    /// <param name="name">Letters, digits, <c>_</c>, <c>-</c>, <c>.</c>; at most 64 characters, or 47 if the method has
    /// type parameters.</param>
    public CacheWithFallbackAttribute(string name) => Name = name;

    /// <summary>Uses a definition that is declared elsewhere.</summary>
    /// <param name="holder">The type that declares the definition.</param>
    /// <param name="member">The static field or property of that type, a <c>CacheDefinition&lt;TKey, T&gt;</c>. The
    /// method's parameters form its key, in order.</param>
    public CacheWithFallbackAttribute(Type holder, string member)
    {
        Holder = holder;
        Member = member;
    }

    /// <summary>The cache's name; null if an existing definition is used.</summary>
    public string? Name { get; }

    /// <summary>The type that declares the definition; null if the attribute declares the cache.</summary>
    public Type? Holder { get; }

    /// <summary>The definition's field or property; null if the attribute declares the cache.</summary>
    public string? Member { get; }

    /// <summary>The pattern of the keys, such as <c>user:{user_id}</c>.</summary>
    /// <value>The default value is the cache's name, which means one entry for all arguments.</value>
    public string? Key { get; set; }

    /// <summary>How long an entry lives, such as <c>00:05:00</c>; 1 ms to ten years.</summary>
    /// <value>There is no default: a declared cache must have one.</value>
    public string? TimeToLive { get; set; }

    /// <summary>The version of the keys, which separates values of different shapes; 1 or more.</summary>
    /// <value>The default value is 1.</value>
    public int Version { get; set; } = 1;
}
