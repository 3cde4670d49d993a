using CacheOrleans.Simulation.Outside;

namespace CacheOrleans.Simulation.Histories;

/// <summary>What happens in a history, made from its seed alone.</summary>
/// <param name="Seed">The seed; all other choices of the history come from it too.</param>
/// <param name="Silos">How many silos there are at the start.</param>
/// <param name="Clients">The options of each client.</param>
/// <param name="Steps">What happens, in order of time.</param>
/// <param name="Faults">The kinds of faults that may happen.</param>
internal sealed record Plan(int Seed, int Silos, string[] Clients, IReadOnlyList<Step> Steps, Faults Faults)
{
    /// <summary>How long clients work, and faults happen.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(20);

    public static Plan Of(int seed)
    {
        var random = new Random(seed);
        var faults = FaultsOf(random);
        var clients = Enumerable.Range(0, random.Next(1, 4))
            .Select(_ => random.Next(3) == 0 ? ClientKinds.Near : ClientKinds.Strict)
            .ToArray();
        var isFocused = random.Next(2) == 0;
        var rows = Enumerable.Range(0, isFocused ? 1 : random.Next(1, 4))
            .Select(key => new Row(random.Next(Caches.All.Length), key))
            .ToArray();
        var length = TimeSpan.FromMilliseconds(random.Next(3) == 0 ? 200 : Length.TotalMilliseconds);
        List<Step> steps = [];
        for (var i = faults == Faults.None ? 0 : random.Next(1, 6); i > 0; i--)
        {
            steps.Add(Fault(random, faults, Moment(random, length, isFocused ? steps : [])));
        }

        Step[] faultSteps = [.. steps];
        for (var i = random.Next(8, 40); i > 0; i--)
        {
            steps.Add(Call(random, rows, Moment(random, length, isFocused ? faultSteps : [])));
        }

        return new(seed, random.Next(1, 4), clients, [.. steps.OrderBy(step => step.At)], faults);
    }

    /// <summary>Whether a step is a fault of this kind.</summary>
    public bool HasFaults(Faults kind) => Steps.Any(step => KindsOf(kind).Contains(step.Kind));

    private static Faults FaultsOf(Random random) => random.Next(7) switch
    {
        0 => Faults.None,
        1 => Faults.Network,
        2 => Faults.Redis,
        3 or 4 => Faults.Redis | Faults.Members, // a write that waits for Redis changes its silo
        5 => Faults.Network | Faults.Loss,
        _ => (Faults)random.Next((int)Faults.All + 1),
    };

    private static Step Call(Random random, Row[] rows, TimeSpan at)
    {
        var kind = random.Next(11) switch
        {
            < 5 => StepKind.Read,
            5 => StepKind.ReadMany,
            6 => StepKind.TryRead,
            7 => StepKind.Set,
            8 => StepKind.Remove,
            9 => StepKind.Get,
            _ => random.Next(2) == 0 ? StepKind.Expire : StepKind.RemoveTag,
        };
        var fallback = random.Next(12) switch
        {
            0 => FallbackKind.Throws,
            1 => FallbackKind.Hangs,
            _ => FallbackKind.Works,
        };
        var lasts = TimeSpan.FromMilliseconds(random.Next(4) == 0 ? random.Next(4000) : random.Next(20));
        return new(at, kind, random.Next(100), rows[random.Next(rows.Length)], lasts, fallback);
    }

    private static Step Fault(Random random, Faults faults, TimeSpan at)
    {
        var kinds = KindsOf(faults).ToArray();
        var lasts = TimeSpan.FromMilliseconds(random.Next(50, 6000));
        return new(at, kinds[random.Next(kinds.Length)], random.Next(100), default, lasts);
    }

    private static IEnumerable<StepKind> KindsOf(Faults faults) =>
        Enum.GetValues<StepKind>().Where(kind => kind switch
        {
            StepKind.SlowNetwork => faults.HasFlag(Faults.Network),
            StepKind.LossyNetwork or StepKind.CutLink => faults.HasFlag(Faults.Loss),
            StepKind.RedisDown or StepKind.RedisHangs or StepKind.RedisFails or StepKind.RedisIsFull
                or StepKind.RedisIsCutOff =>
                faults.HasFlag(Faults.Redis),
            StepKind.RedisLosesAll => faults.HasFlag(Faults.RedisLoss),
            StepKind.KillSilo or StepKind.FreezeSilo or StepKind.DeclareDead => faults.HasFlag(Faults.Crash),
            StepKind.StopSilo or StepKind.AddSilo => faults.HasFlag(Faults.Members),
            _ => false,
        });

    /// <summary>Chooses a moment: any, or in a history with a focus mostly one around the begin or the end of a fault.
    /// </summary>
    private static TimeSpan Moment(Random random, TimeSpan length, IReadOnlyList<Step> focus)
    {
        if (focus.Count == 0 || random.Next(4) == 0)
        {
            return TimeSpan.FromTicks(random.NextInt64(length.Ticks));
        }

        var fault = focus[random.Next(focus.Count)];
        var at = fault.At + (random.Next(2) == 0 ? TimeSpan.Zero : fault.Lasts)
            + TimeSpan.FromMilliseconds(random.Next(-300, 700));
        return at > TimeSpan.Zero ? at : TimeSpan.Zero;
    }
}

/// <summary>The kinds of faults that may happen in a history.</summary>
[Flags]
internal enum Faults
{
    None = 0,

    /// <summary>Messages take long.</summary>
    Network = 1,

    /// <summary>Redis fails, hangs or refuses writes.</summary>
    Redis = 2,

    /// <summary>Silos join and stop in order.</summary>
    Members = 4,

    /// <summary>Messages are lost.</summary>
    Loss = 8,

    /// <summary>Silos are killed, frozen, or declared dead.</summary>
    Crash = 16,

    /// <summary>Redis loses what it has.</summary>
    RedisLoss = 32,

    All = 63,
}
