using CacheOrleans.Client.Reads;

namespace CacheOrleans.Client.Batches;

/// <summary>Tells silos of the cache of a batch, and sees to what they do not take.</summary>
internal sealed class BatchDeclaration<TKey, T>(ReadServices services, BatchCall<TKey, T> call)
    where TKey : notnull
{
    /// <summary>To how many owners the cache is declared at a time: enough to reach most silos at once.</summary>
    private const int Declarations = 8;

    private ArgumentException? _refusal;

    /// <summary>Tells the silos of some owners of the cache; each knows it then for all keys.</summary>
    public async Task TellAsync(List<BatchItem<TKey>> undeclared)
    {
        if (call.Cache.Declaration is not { } declaration)
        {
            throw new ArgumentException($"No silo knows the cache of '{undeclared[0].Text}', nor does this call.");
        }

        try
        {
            await Task.WhenAll(undeclared
                .Take(Declarations)
                .Select(item => services.Owners.DeclareAsync(item.Text, declaration).AsTask())).ConfigureAwait(false);
        }
        catch (ArgumentException exception)
        {
            _refusal = exception;
        }
    }

    /// <summary>The owners were asked again. Those that still do not know the cache do not take its definition, and
    /// their keys are loaded without them.</summary>
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
