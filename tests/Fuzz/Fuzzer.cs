using CacheOrleans.Fuzz.Targets;

namespace CacheOrleans.Fuzz;

/// <summary>Runs random inputs through everything that reads foreign bytes.</summary>
/// <param name="output">Receives a table and the failures.</param>
/// <param name="seed">Which inputs are made.</param>
internal sealed class Fuzzer(TextWriter output, int seed)
{
    private static readonly Func<ITarget>[] Targets =
    [
        () => new EnvelopeTarget(),
        () => new StoredTarget(),
        () => new KeyTarget(),
        () => new TemplateTarget(),
        () => new TagTarget(),
        () => new RedisTarget(),
        () => new SqlTarget(),
        () => new CertificateTarget(),
        () => new DurationTarget(),
        () => new SettingsTarget(),
        () => new BodyTarget(),
        () => new SlackTarget(),
        () => new RedactionTarget(),
        () => new HttpTarget(),
    ];

    /// <summary>Whether it ends with the first failure.</summary>
    public bool EndsWithFirst { get; init; }

    /// <summary>Whether inputs with outcomes that the corpus does not have are added to it.</summary>
    public bool Keeps { get; init; }

    /// <summary>Runs the corpus and random inputs through all targets, one target after the other.</summary>
    /// <param name="inputs">The number of inputs over all targets; one target alone gets all of them.</param>
    /// <param name="only">The only target; empty: all.</param>
    /// <returns>Whether every promise held.</returns>
    public async Task<bool> RunAsync(long inputs, string only = "")
    {
        var isWell = true;
        await output.WriteLineAsync("| target | inputs | a second | outcomes | failures |\n|---|---|---|---|---|");
        foreach (var make in Targets)
        {
            await using var target = make();
            if (only.Length == 0 || target.Name == only)
            {
                var campaign = new Campaign(target, output, seed, EndsWithFirst);
                isWell &= await campaign.RunAsync(only.Length == 0 ? inputs * target.Share / 1000 : inputs);
                if (Keeps)
                {
                    await KeepAsync(target, campaign);
                }
            }
        }

        return isWell;
    }

    /// <summary>Runs one input.</summary>
    public static async Task<Run> ReplayAsync(string name, byte[] input)
    {
        foreach (var make in Targets)
        {
            await using var target = make();
            if (target.Name == name)
            {
                return await Run.OfAsync(target, input);
            }
        }

        throw new ArgumentException($"There is no target '{name}'.", nameof(name));
    }

    private static async Task KeepAsync(ITarget target, Campaign campaign)
    {
        foreach (var (outcome, input) in campaign.New)
        {
            Corpus.Add(target.Name, await Shrinker.ShrinkAsync(
                input, async shorter => (await Run.OfAsync(target, shorter)).Outcome == outcome));
        }
    }
}
