namespace CacheOrleans.Alerts;

/// <summary>Creates the ids of messages.</summary>
internal static class MessageId
{
    public static Guid Next(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
