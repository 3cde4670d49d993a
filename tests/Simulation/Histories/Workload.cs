using CacheOrleans.Client;
using CacheOrleans.Simulation.Cluster;
using CacheOrleans.Simulation.Outside;

namespace CacheOrleans.Simulation.Histories;

/// <summary>Makes the calls of the clients, and passes what they return to the checks.</summary>
internal sealed class Workload(Plan plan, SimulatedCluster cluster)
{
    /// <summary>The time in which the first silos find each other.</summary>
    public static readonly TimeSpan Warmup = TimeSpan.FromSeconds(1);

    /// <summary>The tag that all entries have.</summary>
    public const string Tag = "group";

    private static readonly CacheCallOptions Tagged = new() { Tags = [Tag] };

    private readonly Coherence _coherence = new(plan, cluster);
    private readonly Database _database = cluster.Database;
    private readonly Loads _loads = cluster.Loads;
    private readonly List<(Row Row, bool IsSet)> _changing = [];
    private readonly HashSet<Step> _open = [];
    private readonly Row[] _rows = [.. plan.Steps.Where(step => step.Kind < StepKind.RemoveTag)
        .Select(step => step.Row)
        .Distinct()];

    /// <summary>The first promise that did not hold.</summary>
    public ViolationException? Violation { get; private set; }

    public ulong Digest { get; private set; } = 14695981039346656037;

    public int Calls { get; private set; }

    public int Loads => _loads.Count;

    public int Open => _open.Count;

    public string OpenNames => string.Join("; ", _open);

    public TimeSpan LastEnd { get; private set; }

    /// <summary>Begins a call.</summary>
    public void Begin(Step step, ClientNode client)
    {
        if (step.Kind > StepKind.Get && RowsOf(step).Any(row => _changing.Exists(
            change => change.Row == row && (change.IsSet || step.Kind == StepKind.Set))))
        {
            return; // a set and another change of one row come one after the other, so that it is known which is last
        }

        Calls++;
        _open.Add(step);
        _ = RunAsync(step, client);
    }

    private async Task RunAsync(Step step, ClientNode client)
    {
        cluster.Log($"{client} begins: {step.Kind} {step.Row} ({step.Fallback} {step.Lasts.TotalMilliseconds:0} ms)");
        var outcome = "an error";
        var begun = cluster.Scheduler.Now;
        try
        {
            outcome = await CallAsync(step, client);
        }
        catch (ViolationException violation)
        {
            Violation ??= violation;
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            outcome = exception.GetType().Name;
            Check(exception, step, client, begun);
        }
        catch (Exception exception)
        {
            Violation ??= new ViolationException($"{client} gets an unexpected error from {step}: {exception}");
        }

        cluster.Log($"{client} ends: {step.Kind} {step.Row}: {outcome}");
        _open.Remove(step);
        LastEnd = cluster.Scheduler.Now;
        Add((ulong)cluster.Scheduler.Now.Ticks);
        foreach (var letter in outcome)
        {
            Add(letter);
        }
    }

    /// <summary>Checks that the error of a load, once a read has returned it, is not returned to a later read of the
    /// same process.</summary>
    private void Check(Exception exception, Step step, ClientNode client, TimeSpan begun)
    {
        var load = exception switch
        {
            FallbackException { Load: { } own } => own,
            FallbackException or LeaseFailedException when step.Kind == StepKind.Read =>
                _loads.LastFailureOf(step.Row, client),
            _ => null,
        };
        if (exception is LeaseFailedException or CacheFallbackException)
        {
            cluster.Chat.Failing.Add(step.Row.Definition.Name);
        }

        if (load?.Node == client && load.ReturnedAt < begun)
        {
            Violation ??= new ViolationException(
                $"{client} gets from {step} the error that it returned at {load.ReturnedAt} already.");
        }

        if (exception is FallbackException { Load: { } returned })
        {
            returned.ReturnedAt ??= cluster.Scheduler.Now;
        }
    }

    private static bool IsExpected(Exception exception) =>
        exception is FallbackException or CacheUnavailableException or TimeoutException or OperationCanceledException
        or LeaseFailedException or CacheFallbackException;

    private Task<string> CallAsync(Step step, ClientNode client) => step.Kind switch
    {
        StepKind.Read => ReadAsync(step, client),
        StepKind.ReadMany => ReadManyAsync(step, client),
        StepKind.TryRead => TryReadAsync(step, client),
        StepKind.Get => GetAsync(step, client),
        StepKind.Set => SetAsync(step, client),
        StepKind.RemoveTag => RemoveTagAsync(client),
        _ => RemoveAsync(step, client),
    };

    private async Task<string> ReadAsync(Step step, ClientNode client)
    {
        var (row, oldest, changes) = (
            step.Row, _coherence.OldestFor(step.Row, client), _loads.ChangesOf(step.Row));
        var value = await client.Client.GetWithFallbackAsync(
            row.Definition,
            row.Key,
            async (_, cancellationToken) => await LoadAsync(step, row, client, changes, cancellationToken),
            Tagged,
            CancellationToken.None);
        if (value is null)
        {
            throw new ViolationException($"{client} reads nothing for {row}, which the database has.");
        }

        _coherence.Check(row, client, oldest, value, _database[row]);
        return value;
    }

    private async Task<string> ReadManyAsync(Step step, ClientNode client)
    {
        var definition = step.Row.Definition;
        Row[] rows = [.. _rows.Where(row => row.Cache == step.Row.Cache)];
        int[] oldest = [.. rows.Select(row => _coherence.OldestFor(row, client))];
        var changes = rows.ToDictionary(row => row.Key, _loads.ChangesOf);
        var values = await client.Client.GetManyWithFallbackAsync(
            definition,
            [.. rows.Select(row => row.Key)],
            (keys, cancellationToken) => LoadManyAsync(step, keys, client, changes, cancellationToken),
            Tagged);
        for (var i = 0; i < rows.Length; i++)
        {
            if (!values.TryGetValue(rows[i].Key, out var value))
            {
                throw new ViolationException($"{client} reads nothing for {rows[i]}, which the database has.");
            }

            _coherence.Check(rows[i], client, oldest[i], value, _database[rows[i]]);
        }

        return string.Join(',', values.Values);
    }

    private async Task<string> TryReadAsync(Step step, ClientNode client)
    {
        var oldest = _coherence.OldestFor(step.Row, client);
        var result = await client.Client.TryGetAsync(step.Row.Definition, step.Row.Key);
        _coherence.Check(step.Row, client, oldest, result.Value, _database[step.Row]);
        return result.Value ?? "nothing";
    }

    /// <summary>Reads with the fallback of the silos, if the cache has one.</summary>
    private async Task<string> GetAsync(Step step, ClientNode client)
    {
        var oldest = _coherence.OldestFor(step.Row, client);
        var value = await client.Client.GetAsync(step.Row.Definition, step.Row.Key);
        if (value is null && step.Row.Definition == Caches.Loaded)
        {
            throw new ViolationException($"{client} gets nothing for {step.Row}, which the database has.");
        }

        _coherence.Check(step.Row, client, oldest, value, _database[step.Row]);
        return value ?? "nothing";
    }

    private Task<string> SetAsync(Step step, ClientNode client) => ChangeAsync(step, client, async version =>
    {
        var row = step.Row;
        return await client.Client.SetAsync(
            row.Definition,
            row.Key,
            Database.Value(row, version),
            Tagged);
    });

    private Task<string> RemoveAsync(Step step, ClientNode client) => ChangeAsync(step, client, async _ =>
        step.Kind == StepKind.Remove
            ? await client.Client.RemoveAsync(step.Row.Definition, step.Row.Key)
            : await client.Client.ExpireAsync(step.Row.Definition, step.Row.Key));

    private async Task<string> ChangeAsync(Step step, ClientNode client, Func<int, Task<WriteOutcome>> change)
    {
        var row = step.Row;
        var changing = (row, step.Kind == StepKind.Set);
        _changing.Add(changing);
        _loads.OnChanging(row);
        var version = _database.Change(row);
        try
        {
            var outcome = await change(version);
            if (IsKept(outcome, row))
            {
                _coherence.OnAcknowledged(row, version, client, outcome == WriteOutcome.Queued);
            }

            return outcome.ToString();
        }
        catch (Exception) when (step.Kind == StepKind.Set)
        {
            _coherence.OnUnknown(row, version);
            throw;
        }
        finally
        {
            _changing.Remove(changing);
            _loads.OnChanged(row);
        }
    }

    /// <summary>Whether a change that ended so outlives its owner.</summary>
    /// <remarks>A change that waits is lost with a silo that is killed. After an orderly stop the next owner does not
    /// learn of it if its silo does not know the cache yet: until the change is in Redis, reads miss it.</remarks>
    private bool IsKept(WriteOutcome outcome, Row row) =>
        outcome == WriteOutcome.Applied
        || (outcome == WriteOutcome.Queued && !plan.Faults.HasFlag(Faults.Crash)
            && !(plan.Faults.HasFlag(Faults.Redis | Faults.Members) && row.Definition == Caches.Declared));

    private async Task<string> RemoveTagAsync(ClientNode client)
    {
        int[] versions = new int[_rows.Length];
        for (var i = 0; i < _rows.Length; i++)
        {
            _changing.Add((_rows[i], false));
            _loads.OnChanging(_rows[i]);
            versions[i] = _database.Change(_rows[i]);
        }

        var begun = cluster.Scheduler.Now;
        try
        {
            await client.Client.RemoveByTagAsync(Tag);

            // A silo that was not told, because the message was lost or the silo has just joined, asks later.
            var isTold = (plan.Faults & (Faults.Loss | Faults.Crash)) == Faults.None
                && cluster.JoinedAt + cluster.Membership.Delay < begun;
            for (var i = 0; i < _rows.Length && isTold; i++)
            {
                _coherence.OnAcknowledged(_rows[i], versions[i], client, isWaiting: false);
            }

            return "done";
        }
        finally
        {
            foreach (var row in _rows)
            {
                _changing.Remove((row, false));
                _loads.OnChanged(row);
            }
        }
    }

    private async Task<string> LoadAsync(
        Step step, Row row, ClientNode client, int changes, CancellationToken cancellationToken)
    {
        cluster.Log($"{client} loads {row}");
        Loads.Last? load = null;
        var isSuccess = false;
        try
        {
            load = _loads.OnLoading(row, client, changes);
            var version = _database[row];
            await Task.Delay(
                step.Fallback == FallbackKind.Hangs ? Timeout.InfiniteTimeSpan : step.Lasts,
                client.Time,
                cancellationToken);
            if (step.Fallback == FallbackKind.Throws)
            {
                throw new FallbackException(load);
            }

            isSuccess = true;
            return Database.Value(row, version);
        }
        catch (ViolationException violation)
        {
            Violation ??= violation;
            throw;
        }
        finally
        {
            if (load is not null)
            {
                _loads.OnLoaded(row, load, isSuccess);
            }
        }
    }

    private async ValueTask<IReadOnlyDictionary<int, string>> LoadManyAsync(
        Step step,
        IReadOnlyList<int> keys,
        ClientNode client,
        Dictionary<int, int> changes,
        CancellationToken cancellationToken)
    {
        var rows = keys.Select(key => new Row(step.Row.Cache, key)).ToList();
        var values = await Task.WhenAll(
            rows.Select(row => LoadAsync(step, row, client, changes[row.Key], cancellationToken)));
        return rows.Zip(values).ToDictionary(pair => pair.First.Key, pair => pair.Second);
    }

    private Row[] RowsOf(Step step) => step.Kind == StepKind.RemoveTag ? _rows : [step.Row];

    private void Add(ulong value) => Digest = (Digest ^ value) * 1099511628211;
}
