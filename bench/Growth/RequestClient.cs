using CacheOrleans.Bench.Harness;
using CacheOrleans.Bench.Stage;
using CacheOrleans.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Bench.Growth;

/// <summary>A process that reads keys in random order without keeping copies, and calls bare grains of the same
/// keys.</summary>
internal static class RequestClient
{
    public const string Role = "requests";
    private const int AtOnce = 32;

    private static readonly CacheCallOptions NoCopy = new() { NearLease = TimeSpan.Zero };

    public static async Task<object> RunAsync(ClientOrder order)
    {
        await using var application = await Applications.StartConnectedAsync(order.Membership);
        var client = application.Client;
        await using var bare = await Applications.StartGrainsAsync(order.Membership);
        var grains = bare.Services.GetRequiredService<IGrainFactory>();
        await ClientProcess.UntilToldAsync();
        var rows = await Comparison.RunAsync(
            order.Pace,
            [
                new(Role, string.Empty, Target.Reported,
                    Contender.Of("ICacheClient, no copy kept", AtOnce, async i => Payload.Check(
                        await client.GetWithFallbackAsync(
                            Products.Bytes,
                            KeyOf(i, order.Keys),
                            0,
                            static (_, _) => new ValueTask<byte[]?>([]),
                            NoCopy))),
                    Contender.Of("bare grain call", AtOnce, async i => Payload.Check(
                        (await BareOf(grains, KeyOf(i, order.Keys)).GetAsync()).Value))),
            ]);
        return rows[0];
    }

    /// <summary>Activates the entries and the bare grains of some keys.</summary>
    public static Task FillAsync(IGrainFactory grains, int first, int end) => Contender.Of(
        string.Empty,
        128,
        async i =>
        {
            var key = Products.Bytes.Key(first + i).Text;
            await grains.GetGrain<ICacheEntryGrain>(key).SetAsync(new CacheWrite([.. Payload.Bytes]));
            Payload.Check((await BareOf(grains, first + i).GetAsync()).Value);
        }).RunAsync(end - first);

    /// <summary>Returns all keys in an order in which neighbors are far apart.</summary>
    private static int KeyOf(int number, int keys) => (int)((number * 7_919L) % keys);

    private static IBareGrain BareOf(IGrainFactory grains, int id) =>
        grains.GetGrain<IBareGrain>(Products.Bytes.Key(id).Text);
}
