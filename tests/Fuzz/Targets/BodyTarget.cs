using System.Text.Json;
using CacheOrleans.Grains.Breaker;
using CacheOrleans.Silo.Http;
using CacheOrleans.Silo.Http.Breaker;

namespace CacheOrleans.Fuzz.Targets;

/// <summary>The bodies of requests: JSON values, and changes of the breaker's settings.</summary>
internal sealed class BodyTarget : ITarget
{
    private static readonly string[] Fields = [.. BreakerFields.All.Select(field => field.Name)];

    private static readonly BreakerOptionsValidator Validator = new(new ConfigurationBuilder().Build());

    public string Name => "body";

    public int Share => 40;

    public IReadOnlyList<string> Words { get; } =
    [
        .. Fields, "{", "}", "[", "]", ":", ",", "\"", "\\u0000", "\\ud800", "null", "true", "1e308", "-0.0", "1e-999",
        "922337203685.4775", "922337203685.4776", "0.001", "2147483647", "//", "/*", "\u00a0", "\ufeff", " ", "\n",
        new('[', 64), new(']', 64),
    ];

    public byte[] Generate(Random random) => Text.Bytes("{" + string.Join(',', Enumerable.Range(0, random.Next(4))
        .Select(_ => $"\"{random.One(Fields)}\":{random.One(Words)}")) + "}");

    public ValueTask<string> RunAsync(byte[] input)
    {
        var error = EntryBody.CheckJson(input);
        Promise.That((error is null) == IsJson(input), $"JSON is what .NET reads as JSON: {error}");
        try
        {
            var patch = BreakerPatch.Parse(input);
            if (patch.Errors.Count > 0)
            {
                return new(Outcome.Of(string.Concat(patch.Errors.Keys.Where(Fields.Contains).Order())));
            }

            var settings = patch.Change.ApplyTo(new());
            var result = Validator.Validate(null, settings);
            Promise.That(BreakerFields.View(settings).Count == Fields.Length, "Changed settings can be shown.");
            return new($"changed {result.Failed} {Outcome.Of(result.FailureMessage ?? "")}");
        }
        catch (RequestProblemException problem)
        {
            Promise.That(problem.StatusCode == 400 && problem.Message.Length > 0, "What cannot be read is a 400.");
            return new(Outcome.Of(problem.Message));
        }
    }

    private static bool IsJson(byte[] input)
    {
        try
        {
            using var document = JsonDocument.Parse(input);
            return System.Text.Unicode.Utf8.IsValid(input);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
