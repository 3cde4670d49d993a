using System.Net.Mime;

namespace CacheOrleans.Client.Serialization;

/// <summary>Serializes and deserializes values of one type.</summary>
/// <remarks>Thread-safe. Bytes that cannot be read cause an exception of any type.</remarks>
internal abstract class CacheSerializer<T>
{
    /// <summary>Whether several callers may share one instance of a value; otherwise each gets its own.</summary>
    public bool SharesInstances { get; } = SharedInstances.AreSafe<T>();

    /// <summary>The media type of the bytes.</summary>
    public virtual string ContentType => MediaTypeNames.Application.Octet;

    /// <summary>Returns bytes that the caller owns, and that share nothing with the value.</summary>
    public abstract byte[] Serialize(T value);

    /// <summary>Returns a value that the caller owns, and that shares nothing with the bytes.</summary>
    public abstract T Deserialize(byte[] bytes);
}
