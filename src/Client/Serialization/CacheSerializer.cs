using System.Net.Mime;

namespace CacheOrleans.Client.Serialization;

/// <summary>Turns values of one type into bytes and back.</summary>
/// <remarks>Thread-safe. What the bytes cannot be read as is an exception of any type.</remarks>
internal abstract class CacheSerializer<T>
{
    /// <summary>Whether one instance of a value may be handed to several callers; else each gets its own.</summary>
    public bool SharesInstances { get; } = SharedInstances.AreSafe<T>();

    /// <summary>The media type of the bytes.</summary>
    public virtual string ContentType => MediaTypeNames.Application.Octet;

    /// <summary>Gives bytes that are the caller's, and share nothing with the value.</summary>
    public abstract byte[] Serialize(T value);

    /// <summary>Gives a value that is the caller's, and shares nothing with the bytes.</summary>
    public abstract T Deserialize(byte[] bytes);
}
