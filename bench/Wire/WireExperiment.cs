using System.Globalization;
using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;
using CacheOrleans.Client;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Bench.Wire;

/// <summary>Measures how many bytes processes exchange for one operation of each kind, both directions together, and
/// while they are idle. These are the unit costs of <c>docs/scaling.md</c>.</summary>
internal sealed class WireExperiment : IExperiment
{
    private const int Clients = 3;

    private static readonly CacheCallOptions NoCopy = new() { NearLease = TimeSpan.Zero };

    public string Group => "wire";

    public async Task<IReadOnlyList<Row>> RunAsync(Lab lab)
    {
        using var wire = new WireMeter();
        var busy = await BusyAsync(lab, wire);
        return lab.Settings.IsQuick ? busy : [.. busy, .. await IdleAsync(wire)]; // which takes a while
    }

    private static async Task<IReadOnlyList<Row>> BusyAsync(Lab lab, WireMeter wire)
    {
        var keys = lab.Sized(500, 5000);
        await using var cluster = await Cluster.StartAsync(1);
        var grains = cluster.Silo.Services.GetRequiredService<IGrainFactory>();
        var applications = await Task.WhenAll(Enumerable.Range(0, Clients)
            .Select(_ => Applications.StartOursAsync(cluster.Membership.ConnectionString)));
        var clients = applications.Select(one => one.Services.GetRequiredService<ICacheClient>()).ToArray();
        foreach (var client in clients)
        {
            await client.SetAsync(Products.Bytes, 0, Payload.Bytes);
            await Eventually.TrueAsync(
                async () => (await client.TryGetAsync(Products.Bytes, 0)).IsFound, "the client is connected");
        }

        await using var bare = await Applications.StartGrainsAsync(cluster.Membership.ConnectionString);
        var outside = bare.Services.GetRequiredService<IGrainFactory>();
        var set = await CountAsync(wire, keys, id => clients[0].SetAsync(Products.Bytes, id, Payload.Bytes).AsTask());
        var read = await CountAsync(wire, keys, id => ReadAsync(clients[0], id, NoCopy));
        var call = await CountAsync(wire, keys, async id => Payload.Check(
            (await outside.GetGrain<IBareGrain>(Products.Bytes.Key(id).Text).GetAsync()).Value));
        var copied = await CountAsync(wire, keys, id => Task.WhenAll(
            clients.Select(client => ReadAsync(client, id, options: null))));
        var write = new CacheWrite([.. Payload.Bytes]);
        var recalled = await CountAsync(
            wire, keys, id => grains.GetGrain<ICacheEntryGrain>(Products.Bytes.Key(id).Text).SetAsync(write));
        await Application.StopAsync(applications);
        return
        [
            RowOf("wire.read", "bytes of a read from a client process that keeps no copy", read, call),
            RowOf("wire.read-copy", "bytes of a read whose value is kept as a copy", copied / Clients, call),
            RowOf("wire.set", "bytes of a set from a client process", set, call),
            RowOf("wire.recall", "bytes to notify one process that its copy is invalid", recalled / Clients, call),
        ];
    }

    private static async Task<IReadOnlyList<Row>> IdleAsync(WireMeter wire)
    {
        List<Row> rows = [];
        foreach (var silos in (int[])[2, 4])
        {
            await using var cluster = await Cluster.StartAsync(silos);
            var idle = await SecondAsync(wire) / silos;
            rows.Add(RowOf($"wire.idle-{silos}", $"bytes a second of each of {silos} idle silos", idle, peer: null));
            var applications = await Task.WhenAll(Enumerable.Range(0, Clients)
                .Select(_ => Applications.StartOursAsync(cluster.Membership.ConnectionString)));
            foreach (var application in applications)
            {
                await ReadAsync(application.Services.GetRequiredService<ICacheClient>(), 0, options: null);
            }

            var more = (await SecondAsync(wire) - idle.Times(silos)) / Clients;
            rows.Add(RowOf(
                $"wire.client-{silos}", $"bytes a second for each idle client of {silos} silos", more, peer: null));
            rows.Add(RowOf(
                $"wire.read-{silos}",
                $"bytes of a read from a client process, {silos} silos, most of it passed on",
                await PassedOnAsync(wire, applications[0].Services.GetRequiredService<ICacheClient>()),
                peer: null));
            await Application.StopAsync(applications);
        }

        return rows;
    }

    /// <summary>Returns the traffic of reads that reach a random silo, and from there the owner, whose location that
    /// silo already knows.</summary>
    private static async Task<Traffic> PassedOnAsync(WireMeter wire, ICacheClient client)
    {
        const int Keys = 2000;
        await CountAsync(wire, Keys, id => ReadAsync(client, id, NoCopy));
        return await CountAsync(wire, Keys, id => ReadAsync(client, id, NoCopy));
    }

    private static async Task ReadAsync(ICacheClient client, int id, CacheCallOptions? options) =>
        Payload.Check(await client.GetWithFallbackAsync(
            Products.Bytes, id, 0, static (_, _) => new ValueTask<byte[]?>(Payload.Bytes), options));

    /// <summary>Returns the traffic of one operation, including all its consequences.</summary>
    private static async Task<Traffic> CountAsync(WireMeter wire, int keys, Func<int, Task> operation)
    {
        var before = wire.Sent;
        for (var id = 0; id < keys; id++)
        {
            await operation(id);
        }

        await Latency.OfAsync(200); // messages that no caller awaits are still on their way
        return (wire.Sent - before) / keys;
    }

    /// <summary>Returns the traffic of a second without requests.</summary>
    private static async Task<Traffic> SecondAsync(WireMeter wire)
    {
        const int Seconds = 10;
        await Latency.OfAsync(3000); // the start is over
        var before = wire.Sent;
        await Latency.OfAsync(Seconds * 1000);
        return (wire.Sent - before) / Seconds;
    }

    private static Row RowOf(string id, string title, Traffic ours, Traffic? peer) => new(
        id,
        string.Create(CultureInfo.InvariantCulture, $"{title}, in {ours.Messages:0.##} messages"),
        Unit.Bytes,
        Target.Reported,
        new("ours", ours.Bytes),
        peer is { } bare ? new("bare grain call", bare.Bytes) : null);
}
