using System.Net;
using CacheOrleans.Chaos.Application;
using CacheOrleans.Chaos.Histories;
using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;

namespace CacheOrleans.Chaos.Cluster;

/// <summary>Three silos and three applications, each in its own process, over real servers.</summary>
internal sealed class ChaosCluster : IAsyncDisposable
{
    private const int SiloCount = 3;
    private const string Key = "chaos";

    private readonly ClusterShape _shape;
    private readonly int _seed;
    private readonly List<SiloProcess> _silos = [];
    private readonly List<ApplicationProcess> _applications = [];
    private readonly List<Call> _calls = [];
    private readonly List<string> _endedOutputs = [];
    private long _lastAbnormal;

    private ChaosCluster(ClusterShape shape, int seed, Servers servers) =>
        (_shape, _seed, Servers) = (shape, seed, servers);

    public Servers Servers { get; }

    public IReadOnlyList<SiloProcess> Silos => _silos;

    public IReadOnlyList<ApplicationProcess> Applications => _applications;

    /// <summary>When the last call ended that was not as without faults, by the machine's counter.</summary>
    public long LastAbnormal => Interlocked.Read(ref _lastAbnormal);

    /// <summary>The warnings and errors in the logs of all silos so far.</summary>
    public int LogLines => Outputs.Sum(LogLinesOf);

    private IEnumerable<string> Outputs => _endedOutputs.Concat(_silos.Select(silo => silo.Output));

    public static async Task<ChaosCluster> StartAsync(ClusterShape shape, int seed)
    {
        var cluster = new ChaosCluster(shape, seed, await Servers.StartAsync(shape));
        try
        {
            cluster._silos.Add(await SiloProcess.StartAsync(cluster.Settings(0)));
            cluster._silos.AddRange(await Task.WhenAll(
                Enumerable.Range(1, SiloCount - 1).Select(i => SiloProcess.StartAsync(cluster.Settings(i)))));
            await cluster.CompleteAsync();
            cluster._applications.AddRange(await Task.WhenAll(
                Enumerable.Range(0, ApplicationHost.Count).Select(cluster.StartApplicationAsync)));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public IReadOnlyList<Call> Calls()
    {
        lock (_calls)
        {
            return [.. _calls];
        }
    }

    /// <summary>Starts a silo in place of one that has ended, or ends it now, and waits until all know it.</summary>
    /// <param name="number">The place.</param>
    /// <param name="more">More settings.</param>
    public async Task ReplaceAsync(int number, params (string Name, string Value)[] more)
    {
        await EndAsync(_silos[number]);
        _silos[number] = await SiloProcess.StartAsync(Settings(number, more));
        await CompleteAsync();
    }

    /// <summary>Starts a silo in place of each that has ended, and waits until all know each other.</summary>
    public Task RepairAsync() => Eventually.TrueAsync(
        async () =>
        {
            for (var i = 0; i < SiloCount; i++)
            {
                if (_silos[i].HasExited)
                {
                    await EndAsync(_silos[i]);
                    _silos[i] = await SiloProcess.StartAsync(Settings(i));
                }
            }

            return await KnowEachOtherAsync();
        },
        "three silos know each other",
        TimeSpan.FromMinutes(2));

    /// <summary>Kills an application, and starts another in its place.</summary>
    public async Task RestartApplicationAsync(int number)
    {
        _applications[number].Dispose();
        _applications[number] = await StartApplicationAsync(number);
    }

    /// <summary>Makes every application do something at the same time.</summary>
    public Task DoAsync(string line) => Task.WhenAll(_applications.Select(one => one.DoAsync(line)));

    /// <summary>Waits until all writes are in Redis, kills the silos, and adds to the calls what a new silo reads from
    /// Redis.</summary>
    public async Task ReadStoreAsync()
    {
        await Eventually.TrueAsync(
            async () => (await Task.WhenAll(_silos.Select(silo => silo.QueuedWritesAsync()))).Sum() == 0,
            "all writes are in Redis",
            TimeSpan.FromMinutes(2));
        foreach (var silo in _silos)
        {
            await EndAsync(silo);
        }

        _silos.Clear();
        await Servers.ExecuteAsync(Servers.Membership, "FLUSHALL");
        _silos.Add(await SiloProcess.StartAsync(Settings(0)));
        for (var row = 0; row < Row.Count; row++)
        {
            var begin = CallLog.Now;
            using var response = await _silos[0].GetEntryAsync($"{Row.Cache(row).Name}/entry?id={row}");
            if (response.StatusCode == HttpStatusCode.OK)
            {
                var version = Row.Version(row, await response.Content.ReadAsStringAsync());
                Add(new(CallKind.Strict, Call.Store, row, version, begin, CallLog.Now, CallOutcome.Answered));
            }
        }
    }

    /// <summary>Writes the logs of all processes, and all calls, into a new folder, and returns its path.</summary>
    public string WriteLogs()
    {
        var folder = Directory.CreateTempSubdirectory("cacheorleans-chaos-").FullName;
        foreach (var (number, output) in Outputs.Index())
        {
            File.WriteAllText(Path.Combine(folder, $"silo{number}.log"), output);
        }

        foreach (var (number, application) in _applications.Index())
        {
            File.WriteAllText(Path.Combine(folder, $"application{number}.log"), application.Log);
        }

        File.WriteAllLines(Path.Combine(folder, "calls.log"), Calls().Select(call => $"{call}"));
        return folder;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var application in _applications)
        {
            application.Dispose();
        }

        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        await Servers.DisposeAsync();
    }

    private async Task EndAsync(SiloProcess silo)
    {
        await silo.DisposeAsync();
        _endedOutputs.Add(silo.Output);
    }

    private static int LogLinesOf(string output) => output.Split('\n').Count(line =>
        line.StartsWith("warn:", StringComparison.Ordinal) || line.StartsWith("fail:", StringComparison.Ordinal)
        || line.StartsWith("crit:", StringComparison.Ordinal));

    private Task CompleteAsync() => Eventually.TrueAsync(
        KnowEachOtherAsync, "three silos know each other", TimeSpan.FromMinutes(2));

    private async Task<bool> KnowEachOtherAsync()
    {
        try
        {
            var counts = await Task.WhenAll(_silos.Select(silo => silo.ActiveSilosAsync()));
            return counts.All(count => count == SiloCount);
        }
        catch (HttpRequestException)
        {
            return false; // a silo that was declared dead has ended just now
        }
    }

    private Task<ApplicationProcess> StartApplicationAsync(int number) => ApplicationProcess.StartAsync(
        number, _seed + (100 * number), Servers.MembershipString, Servers.Postgres.ConnectionString, call =>
        {
            Add(call);
            if (Verdict.IsAbnormal(call))
            {
                Interlocked.Exchange(ref _lastAbnormal, Math.Max(LastAbnormal, call.End));
            }
        });

    private void Add(Call call)
    {
        lock (_calls)
        {
            _calls.Add(call);
        }
    }

    private SiloSettings Settings(int number, params (string Name, string Value)[] more)
    {
        var isElsewhere = Servers.Elsewhere is not null && number == SiloCount - 1;
        var settings = new SiloSettings
        {
            Redis = Servers.RedisString,
            Membership = Servers.MembershipString,
            Host = isElsewhere ? Servers.Elsewhere!.There : "localhost",
            ApiKey = Key,
            Change = isElsewhere ? Servers.Elsewhere!.Enter : null,
            More = new()
            {
                ["Breaker__BreakDuration"] = "00:00:03",
                ["Breaker__MaxBreakDuration"] = "00:00:05",
                ["Orleans__AdvertisedAddress"] = Servers.SiloAddresses[number],
                ["Orleans__TrustedNetwork"] = "true",
            },
        };
        foreach (var cache in Row.Caches)
        {
            settings.More[$"Caches__{cache.Name}__Key"] = $"{cache.Name}:{{id}}";
            settings.More[$"Caches__{cache.Name}__TimeToLive"] = "02:00:00";
        }

        foreach (var (name, value) in (_shape.Settings ?? new Dictionary<string, string>())
            .Select(pair => (pair.Key, pair.Value)).Concat(more))
        {
            settings.More[name] = value;
        }

        return settings;
    }
}
