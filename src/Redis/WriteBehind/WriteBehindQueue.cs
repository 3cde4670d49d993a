using CacheOrleans.Storage;
using Microsoft.Extensions.Hosting;

namespace CacheOrleans.Redis.WriteBehind;

/// <summary>Sends the silo's writes to the backing store in batches, off everyone's path.</summary>
/// <remarks>
/// One loop sends one batch at a time, so operations of one key cannot overtake each other. A failure pauses the
/// whole loop, not one operation: it is the store that is ill. While it is paused, or the breaker refuses, operations
/// are held and their callers are told so at once; afterwards they go out at a limited rate. The gate is asked once for
/// each batch, and nowhere else. A queue that is to stop sends whatever the gate says: it has no other chance.
/// </remarks>
internal sealed class WriteBehindQueue(
    IBackingStore store, BatchGate gate, WriteBehindBuffer buffer, WriteBehindPace pace)
    : IWriteBehind, IHostedService, IDisposable
{
    private readonly CancellationTokenSource _giveUp = new();
    private Task _loop = Task.CompletedTask;

    public PendingWrite Enqueue(StoreWrite write) => buffer.Enqueue(write);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loop = Task.Run(() => RunAsync(_giveUp.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        buffer.Close();
        pace.Hurry();
        if (!await pace.DrainedAsync(_loop, cancellationToken).ConfigureAwait(false))
        {
            await _giveUp.CancelAsync().ConfigureAwait(false);
            await _loop.ConfigureAwait(false);
        }

        buffer.DropAll();
    }

    public void Dispose() => _giveUp.Dispose();

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await buffer.HasWorkAsync(cancellationToken).ConfigureAwait(false))
            {
                await pace.UntilTurnAsync(cancellationToken).ConfigureAwait(false);
                if (gate.TryEnter(out var pass))
                {
                    await SendNextAsync(pass, cancellationToken).ConfigureAwait(false);
                }
                else if (buffer.IsClosed)
                {
                    await SendNextAsync(pass: null, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    pace.OnHeld(buffer.Hold());
                    await pace.UntilGateIsAskedAgainAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The time to drain is over; what is left is dropped.
        }
    }

    private async Task SendNextAsync(BreakerPass? pass, CancellationToken cancellationToken)
    {
        var batch = buffer.TakeBatch(pace.BatchSize);
        if (batch.Count == 0)
        {
            return;
        }

        pace.OnTaken(batch.Count, buffer.Count);
        var results = await WriteAsync(batch, cancellationToken).ConfigureAwait(false);
        if (pass is { } entered)
        {
            gate.Tell(entered, batch, results);
        }

        var failed = buffer.Settle(results);
        if (failed < batch.Count)
        {
            pace.OnProgress();
        }

        if (failed > 0)
        {
            pace.OnHeld(buffer.Hold());
            await pace.UntilRetryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<StoreWriteResult>> WriteAsync(
        IReadOnlyList<StoreWrite> batch, CancellationToken cancellationToken)
    {
        try
        {
            return await store.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A store that breaks its promise must not end the loop, or nothing would be written ever after.
            var failed = StoreWriteResult.Failed(new(StoreFailureKind.Other, exception));
            return [.. Enumerable.Repeat(failed, batch.Count)];
        }
    }
}
