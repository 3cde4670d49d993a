using System.Collections.Concurrent;
using CacheOrleans.Alerts;

namespace CacheOrleans.Grains.Tests.Alerts;

/// <summary>Receives the messages of all silos.</summary>
internal sealed class AlertMailbox
{
    private readonly ConcurrentQueue<(SiloAddress Silo, AlertNotice Notice)> _arrived = new();
    private readonly ConcurrentQueue<AlertNotice> _begun = new();
    private volatile TaskCompletionSource? _hold;

    public IReadOnlyList<AlertNotice> Messages => [.. _arrived.Select(one => one.Notice)];

    /// <summary>The silos that delivered, in the order of the messages.</summary>
    public IReadOnlyList<SiloAddress> Silos => [.. _arrived.Select(one => one.Silo)];

    /// <summary>The messages whose delivery has begun.</summary>
    public IReadOnlyList<AlertNotice> Begun => [.. _begun];

    /// <summary>Blocks deliveries until they are released.</summary>
    public void Hold() => _hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => Interlocked.Exchange(ref _hold, null)?.SetResult();

    public IAlertChannel Channel(SiloAddress silo) => new MailboxChannel(this, silo);

    private sealed class MailboxChannel(AlertMailbox mailbox, SiloAddress silo) : IAlertChannel
    {
        public string Name => "mailbox";

        public TimeSpan Pace => TimeSpan.Zero;

        public async Task DeliverAsync(AlertNotice notice, CancellationToken cancellationToken)
        {
            mailbox._begun.Enqueue(notice);
            await (mailbox._hold?.Task ?? Task.CompletedTask).WaitAsync(cancellationToken);
            mailbox._arrived.Enqueue((silo, notice));
        }
    }
}
