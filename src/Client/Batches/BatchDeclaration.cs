using CacheOrleans.Client.Reads;

namespace CacheOrleans.Client.Batches;

/// <summary>Declares the cache of a batch to silos, and handles the keys whose silos reject the definition.</summary>
internal sealed class BatchDeclaration<TKey, T>(ReadServices services, BatchCall<TKey, T> call)
    where TKey : notnull
{
    /// <summary>The number of owners to which the cache is declared at a time: enough to reach most silos at
    /// once.</summary>
    private const int MaxDeclarations = 8;

    private ArgumentException? _refusal;

    /// <summary>Declares the cache to the silos of some owners; each of them then knows it for all keys.</summary>
    public async Task DeclareAsync(List<BatchItem<TKey>> undeclared)
    {
        var declaration = call.Cache.DeclarationFor(undeclared[0].Text);
        try
        {
            await Task.WhenAll(undeclared
                .Take(MaxDeclarations)
                .Select(item => services.Owners.DeclareAsync(item.Text, declaration).AsTask())).ConfigureAwait(false);
        }
        catch (ArgumentException exception)
        {
            _refusal = exception;
        }
    }

    /// <summary>Called after the owners were called again. Silos that still do not know the cache reject its
    /// definition, and their keys are loaded without them.</summary>
    public void End(BatchRound<TKey> round)
    {
        if (_refusal is not { } refusal || round.Undeclared.Count == 0)
        {
            return;
        }

        if (call.Fallback is null)
        {
            round.Error ??= refusal;
        }
        else
        {
            call.Cache.OnRefused(refusal);
            round.ToLoad.AddRange(round.Undeclared);
        }

        round.Undeclared.Clear();
    }
}
