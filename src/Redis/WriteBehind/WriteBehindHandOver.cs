using CacheOrleans.Redis.Diagnostics;
using CacheOrleans.Storage;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Redis.WriteBehind;

/// <inheritdoc cref="IWriteHandOver"/>
/// <remarks>The hand-over takes at most <see cref="WriteBehindOptions.DrainTimeout"/>.</remarks>
internal sealed class WriteBehindHandOver(
    WriteBehindBuffer buffer,
    IOptions<WriteBehindOptions> options,
    TimeProvider time,
    WriteBehindDiagnostics diagnostics) : IWriteHandOver
{
    /// <summary>The most writes in one message. A message also ends with the write that exceeds <see cref="MaxBytes"/>.
    /// </summary>
    private const int MaxWrites = 512;

    private const int MaxBytes = 1024 * 1024;

    /// <summary>How often it checks whether writes that were being sent to the store have failed and wait again.
    /// </summary>
    private static readonly TimeSpan BatchPoll = TimeSpan.FromMilliseconds(50);

    public async Task HandOverAsync(
        Func<IReadOnlyList<StoreWrite>, CancellationToken, Task<bool>> offer, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.DrainTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var handedOver = 0;
        while (!either.IsCancellationRequested && buffer.TakeToHandOver(MaxWrites, MaxBytes) is { } taken)
        {
            if (taken.Count == 0)
            {
                await Task.Delay(BatchPoll, time, either.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            else if (await TryAsync(offer, taken, either.Token).ConfigureAwait(false))
            {
                handedOver += taken.Count;
            }
            else
            {
                break;
            }
        }

        diagnostics.OnHandedOver(handedOver);
    }

    private async Task<bool> TryAsync(
        Func<IReadOnlyList<StoreWrite>, CancellationToken, Task<bool>> offer,
        List<QueuedWrite> taken,
        CancellationToken cancellationToken)
    {
        var isTaken = false;
        try
        {
            isTaken = await offer(taken.ConvertAll(write => write.Write), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The time limit has passed; the operations are given back.
        }
        finally
        {
            if (isTaken)
            {
                buffer.OnHandedOver(taken);
            }
            else
            {
                buffer.GiveBack(taken);
            }
        }

        return isTaken;
    }
}
