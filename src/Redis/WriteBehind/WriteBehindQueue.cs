using CacheOrleans.Storage;
using Microsoft.Extensions.Hosting;

namespace CacheOrleans.Redis.WriteBehind;

/// <summary>Sends the silo's writes to the backing store in batches, in the background.</summary>
/// <remarks>
/// One loop sends one batch at a time, so operations of one key cannot overtake each other. A failure pauses the whole
/// loop and not one operation, because the store is what fails. While the loop is paused or the breaker is open,
/// operations are held and their callers are notified at once; afterwards they are sent at a limited rate. The gate is
/// asked only once for each batch. A stopping queue sends even when the gate refuses, because it has no other chance.
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
        pace.EndPause();
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
                await pace.WaitForTurnAsync(cancellationToken).ConfigureAwait(false);
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
                    await pace.WaitForGateAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The drain timeout has passed; the remaining operations are dropped.
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
            gate.Report(entered, batch, results);
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
            // Catches everything: a store that throws, contrary to its contract, must not end the loop, because then
            // nothing would ever be written again.
            var failed = StoreWriteResult.Failed(new(StoreFailureKind.Other, exception));
            return [.. Enumerable.Repeat(failed, batch.Count)];
        }
    }
}
