using System.Reflection;
using CacheOrleans.Settings;
using CacheOrleans.Silo;
using CacheOrleans.Silo.Configuration;
using CacheOrleans.Silo.Startup;

namespace CacheOrleans.Fuzz.Targets;

/// <summary>The configuration of a silo: it is read, or the error names a setting and shows no secret.</summary>
/// <remarks>Each line of the input is a setting: <c>Breaker:Jitter=0.5</c>.</remarks>
internal sealed class SettingsTarget : ITarget
{
    private static readonly string[] Names = [.. SettingSection.All.SelectMany(NamesOf)];

    private static readonly string[] Secrets = ["Key", "Password", "WebhookUrl"];

    private static readonly string[] Values =
    [
        "", "true", "yes", "0", "-1", "1", "2", "99", "2147483648", "1e9", "NaN", "0.5", "1,5", "00:00:00", "00:00:01",
        "00:05:00", "30", "5m", "250ms", "-1s", "10675199.02:48:05", "99999999d", "S3cr3t", "https://h/S3cr3tS3cr3t",
        "http://h/S3cr3tS3cr3t", "read", "operate", "7", "Simple", "country:{code}", "country:{code", "text/plain",
        "select * from a where b = @code", "select 1; select 2", "Main", "First", "All", "localhost", "xn--a", "(", "é",
        "*", "http://localhost:8080", "http://*:8080", "http://[", "::1",
    ];

    public string Name => "settings";

    public int Share => 4;

    public IReadOnlyList<string> Words { get; } =
        [.. Names.Select(name => name + "="), .. Values, "\n", ":", "=", ":0", ":x:", "S3cr3t"];

    public byte[] Generate(Random random)
    {
        var lines = Enumerable.Range(0, random.Next(1, 5)).Select(_ => $"{random.One(Names)}={random.One(Values)}");
        return Text.Bytes(string.Join('\n', random.Next(3) == 0
            ? lines.Concat(["Caches:country:Key=country:{code}", "Caches:country:TimeToLive=5m"])
            : lines));
    }

    public ValueTask<string> RunAsync(byte[] input)
    {
        var settings = Text.Of(input).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .Where(setting => setting[0].Length > 0)
            .DistinctBy(setting => setting[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(setting => setting[0], setting => setting.ElementAtOrDefault(1));
        try
        {
            SiloServices.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
            return new("read");
        }
        catch (Exception exception)
        {
            var failure = StartFailure.Describe(exception);
            Promise.That(
                failure is { Code: ExitCode.Configuration }, $"Wrong settings are told in one line: {exception}");
            Check(settings, failure!.Message);
            return new(Outcome.Of(failure.Message));
        }
    }

    private static void Check(Dictionary<string, string?> settings, string message)
    {
        Promise.That(
            Names.Concat(settings.Keys.SelectMany(Parts)).Any(name => message.Contains(name, Ignoring)),
            $"The error names a setting: {message}");
        if (settings.All(setting => IsSecret(setting.Key) || !$"{setting}".Contains(Secret.Word, Ignoring)))
        {
            Promise.IsNotIn(Secret.Word, message);
        }
    }

    private const StringComparison Ignoring = StringComparison.OrdinalIgnoreCase;

    /// <summary>Returns the setting's name and the sections that it is in, as far as they say more than the first.
    /// </summary>
    private static IEnumerable<string> Parts(string name) => Enumerable.Range(0, name.Length + 1)
        .Where(at => at == name.Length || name[at] == ':')
        .Select(at => name[..at].ReplaceLineEndings(" "))
        .Skip(name.Contains(':') ? 1 : 0);

    private static bool IsSecret(string name) =>
        Names.Contains(name, StringComparer.OrdinalIgnoreCase)
        && !name.StartsWith("Caches", Ignoring)
        && !name.EndsWith("Tls:Key", Ignoring)
        && Secrets.Contains(name.Split(':')[^1], StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> NamesOf(SettingSection section) =>
        StrictSettings.Properties(section.Options).SelectMany(property => Below(
            section.NameOf(property.Name).Replace("{name}", "country"), property));

    private static IEnumerable<string> Below(string name, PropertyInfo property) =>
        property.PropertyType == typeof(string) || !property.PropertyType.IsGenericType ? [name]
        : property.PropertyType.GetGenericTypeDefinition() == typeof(IDictionary<,>)
            ? property.PropertyType.GenericTypeArguments[1].GetProperties()
                .Select(inner => $"{name}:x:{inner.Name}").DefaultIfEmpty($"{name}:x").Append($"{name}:code")
        : property.PropertyType.GetGenericTypeDefinition() == typeof(IList<>) ? [$"{name}:0"]
        : [name];
}
