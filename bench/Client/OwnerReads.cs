using System.Diagnostics;
using System.Globalization;
using CacheOrleans.Bench.Harness;
using CacheOrleans.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Bench.Client;

/// <summary>What a read costs that reaches the entry's owner, beside a bare grain call with the same payload: inside
/// the silo, and from a process of its own.</summary>
internal static class OwnerReads
{
    /// <summary>What both answer with.</summary>
    public static readonly byte[] Payload = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];

    private const int Keys = 1024;

    /// <summary>How many callers there are: one waits for threads to wake up, many for the processor.</summary>
    private static readonly int[] AtOnce = [1, 32];

    private static readonly string[] Texts =
        [.. Enumerable.Range(0, Keys).Select(id => Products.Bytes.Key(id).Text)];

    public static async Task RunAsync(int rounds)
    {
        await using var cluster = await Cluster.StartAsync(1);
        var grains = cluster.Silo.Services.GetRequiredService<IGrainFactory>();
        foreach (var text in Texts)
        {
            await grains.GetGrain<ICacheEntryGrain>(text).SetAsync(new CacheWrite(Payload));
        }

        foreach (var atOnce in AtOnce)
        {
            await CompareAsync("Owner hit inside the silo", grains, null, rounds, atOnce);
        }

        var program = Environment.ProcessPath!;
        using var child = Process.Start(program, ["owner-client", cluster.Membership.ConnectionString,
            rounds.ToString(CultureInfo.InvariantCulture)]);
        await child.WaitForExitAsync();
    }

    /// <summary>The part in a process of its own.</summary>
    public static async Task RunClientAsync(string membership, int rounds)
    {
        await using var application = await Applications.StartOursAsync(membership);
        var client = application.Services.GetRequiredService<ICacheClient>();
        while (!(await client.TryGetAsync(Products.Bytes, 0)).IsFound)
        {
            await Task.Yield(); // it connects in the background
        }

        await using var bare = await Applications.StartGrainsAsync(membership);
        var grains = bare.Services.GetRequiredService<IGrainFactory>();
        foreach (var atOnce in AtOnce)
        {
            await CompareAsync("Owner hit from a client process", grains, client, rounds, atOnce);
        }
    }

    private static async Task CompareAsync(
        string title, IGrainFactory grains, ICacheClient? client, int rounds, int atOnce)
    {
        var request = new EntryRequest(EntryDemand.Leased, TimeSpan.FromMilliseconds(50));
        List<Contender> contenders =
        [
            Reader("ICacheEntryGrain.GetAsync", atOnce, async key =>
                (await grains.GetGrain<ICacheEntryGrain>(Texts[key]).GetAsync()).Value),
            Reader("ICacheEntryGrain.GetOrLeaseAsync", atOnce, async key =>
                (await grains.GetGrain<ICacheEntryGrain>(Texts[key]).GetOrLeaseAsync(request)).Value),
            Reader("a bare grain", atOnce, async key =>
                (await grains.GetGrain<IBareGrain>(Texts[key]).GetAsync()).Value),
        ];
        if (client is not null)
        {
            var options = new CacheCallOptions { NearLease = TimeSpan.Zero };
            contenders.Insert(2, Reader("ICacheClient, no copy kept", atOnce, async key =>
                await client.GetWithFallbackAsync(
                    Products.Bytes, key, 0, static (_, _) => new ValueTask<byte[]?>(Payload), options)));
        }

        Table.Print($"{title}, {atOnce} at once", await Duel.RunAsync(rounds, [.. contenders]));
    }

    private static Contender Reader(string name, int atOnce, Func<int, Task<byte[]?>> read) => new(
        name,
        operations => Task.WhenAll(Enumerable.Range(0, atOnce).Select(async caller =>
        {
            for (var i = caller; i < operations; i += atOnce)
            {
                Check(await read(i % Keys));
            }
        })));

    private static void Check(byte[]? value)
    {
        if (value is null || !value.AsSpan().SequenceEqual(Payload))
        {
            throw new InvalidOperationException("What was read is not what was set.");
        }
    }
}
