using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Batches;

/// <summary>A key of a batch, while its value is sought.</summary>
internal sealed class BatchItem<TKey>(TKey key, string text, KeyVersion keyVersion)
{
    /// <summary>The key.</summary>
    public TKey Key => key;

    /// <summary>Its text.</summary>
    public string Text => text;

    /// <summary>Its key version, held by the batch.</summary>
    public KeyVersion KeyVersion => keyVersion;

    /// <summary>The question that its owner was sent last.</summary>
    public PendingRead Question { get; set; }

    /// <summary>When its owner was asked first, as a timestamp of the clock of waits.</summary>
    public long? AskedAt { get; set; }

    /// <summary>The lease under which it is being loaded here; null: without one.</summary>
    public Guid? Lease { get; set; }
}
