using CacheOrleans.Testing;

namespace CacheOrleans.EndToEnd.History;

/// <summary>Applications that change and read rows at random, determined by a seed.</summary>
internal sealed class ClientHistory(int seed, IReadOnlyList<HistoryRow> rows, IReadOnlyList<HistoryClient> clients)
{
    /// <summary>The database with the current versions of the rows.</summary>
    public SlowDatabase Database { get; init; } = new(seed, rows);

    /// <summary>The acknowledged changes and the violations.</summary>
    public HistoryRecord Record { get; init; } = new();

    /// <summary>Controls whether calls may begin, until the last changes are made.</summary>
    public HistoryGate Gate { get; } = new();

    /// <summary>The longest pause between two changes of a row.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(600);

    /// <summary>The longest pause between two reads of a row in one application.</summary>
    public TimeSpan ReadPause { get; init; } = TimeSpan.FromMilliseconds(80);

    /// <summary>Whether tags are invalidated.</summary>
    public bool UsesTags { get; init; } = true;

    /// <summary>Waits until more changes have been acknowledged.</summary>
    public Task ChangesAsync(int count)
    {
        var goal = Record.Changes + count;
        return Eventually.TrueAsync(() => Record.Changes >= goal, $"{count} more changes are acknowledged");
    }

    /// <summary>Runs changes and reads, and waits for the last answers.</summary>
    /// <param name="meanwhile">Changes go on while this runs.</param>
    /// <param name="afterwards">Reads go on while this runs; if null, they end with the changes.</param>
    public async Task RunAsync(Func<Task> meanwhile, Func<Task>? afterwards = null)
    {
        using var lastChange = new CancellationTokenSource();
        using var lastRead = new CancellationTokenSource();
        var reads = clients
            .SelectMany(client => rows.Select(row => (Client: client, Row: row, Reads: ReadsOf(client, row))))
            .ToList();
        var reading = reads.Select((one, i) => one.Reads.RunAsync(RandomOf(i), lastRead.Token)).ToList();
        var changing = rows.Select((row, i) => Changes(row).RunAsync(RandomOf(1000 + i), lastChange.Token)).ToList();
        try
        {
            await meanwhile();
            await lastChange.CancelAsync();
            await Task.WhenAll(changing);
            await (afterwards?.Invoke() ?? Task.CompletedTask);
        }
        finally
        {
            await lastChange.CancelAsync();
            await lastRead.CancelAsync();
            await Task.WhenAll([.. changing, .. reading]);
        }

        await Task.WhenAll(reads.Select(one => one.Reads.ReadOnceAsync()));
        foreach (var (client, row, last) in reads.Where(_ => Record.Violations.Count == 0))
        {
            var version = Record.Acknowledged(row);
            await Eventually.TrueAsync(() => last.SeesAsync(version), $"{client.Name} sees {row.Key} at {version}");
        }

        HistoryChanges Changes(HistoryRow row) => new(Database, Record, clients, row)
        {
            Rows = rows,
            Copies = [.. reads.Where(one => one.Client.HasCopies && one.Row == row).Select(one => one.Reads)],
            Pause = Pause,
            UsesTags = UsesTags,
            Gate = Gate,
        };
    }

    /// <summary>Fails if a read had a result that is not allowed.</summary>
    /// <param name="isExcused">Whether a documented bound allows the violation.</param>
    public void Check(Func<HistoryViolation, bool>? isExcused = null)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}: {Record.Changes} changes, "
            + $"{Record.Reads} reads, {Record.RiskyReads} of them during an older load");
        var violations = Record.Violations.Where(violation => isExcused?.Invoke(violation) is not true).ToList();
        Assert.True(
            violations.Count == 0,
            $"seed {seed}, {violations.Count}:\n{string.Join('\n', violations.Take(20))}");
    }

    private HistoryReads ReadsOf(HistoryClient client, HistoryRow row) => new(Database, Record, client, row)
    {
        Neighbors = [.. rows.Where(other => other.Cache == row.Cache && other.Tag == row.Tag)],
        Pause = ReadPause,
        Gate = Gate,
    };

    private Random RandomOf(int number) => new(unchecked((seed * 10_007) + number));
}
