using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Reads;

/// <summary>Interprets the replies of owners that end a read.</summary>
internal static class OwnerReplies
{
    /// <summary>Reads the value from a reply that ends the read; the reply may say that the key has no value.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="codec">Deserializes the value.</param>
    /// <param name="decoded">The value, which may be missing.</param>
    /// <param name="copy">The copy that may be kept.</param>
    /// <returns>False if this process cannot read the value.</returns>
    public static bool TryRead<T>(
        this EntryReply reply, CacheCodec<T> codec, out Decoded<T> decoded, out Copy<T> copy)
    {
        decoded = default;
        var isReadable = reply.Status switch
        {
            EntryStatus.Value => codec.TryDecode(reply.Value!, out decoded),
            EntryStatus.NotFound or EntryStatus.Nothing => true,
            var status => throw new InvalidOperationException(
                $"The owner replied '{status}', which this version of the client does not know."),
        };
        copy = new(decoded.Value, reply.Stamp, reply.IsSliding ? TimeSpan.Zero : reply.TimeLeft, reply.Tags);
        return isReadable;
    }
}
