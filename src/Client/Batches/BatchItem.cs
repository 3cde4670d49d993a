using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Batches;

/// <summary>A key of a batch while its value is being read.</summary>
internal sealed class BatchItem<TKey>(TKey key, string text, KeyVersion keyVersion)
{
    /// <summary>The key.</summary>
    public TKey Key => key;

    /// <summary>The key's canonical text.</summary>
    public string Text => text;

    /// <summary>The version of the key, held by the batch.</summary>
    public KeyVersion KeyVersion => keyVersion;

    /// <summary>The last request that was sent to the key's owner.</summary>
    public PendingRead PendingRead { get; set; }

    /// <summary>When the first request was sent to the key's owner, as a timestamp of the clock for waits.</summary>
    public long? RequestedAt { get; set; }

    /// <summary>The lease under which it is being loaded here; null: no lease.</summary>
    public Guid? Lease { get; set; }
}
