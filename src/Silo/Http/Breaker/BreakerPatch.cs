using System.Text.Json;
using CacheOrleans.Breaker;

namespace CacheOrleans.Silo.Http.Breaker;

/// <summary>A change of the breaker's settings, read from the body of a request.</summary>
/// <param name="Change">The change; incomplete if there are errors.</param>
/// <param name="Errors">The error messages, by the names of the fields.</param>
internal sealed record BreakerPatch(BreakerChange Change, IReadOnlyDictionary<string, string[]> Errors)
{
    private static readonly string Form =
        $"The body must be a JSON object of settings to change, which are: {BreakerFields.Names}";

    private static readonly JsonSerializerOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="RequestProblemException">The body is not a JSON object, or is an empty one.</exception>
    public static BreakerPatch Parse(byte[] body)
    {
        var fields = ReadObject(body);
        var change = new BreakerChange();
        var errors = new Dictionary<string, string[]>();
        foreach (var (name, value) in fields)
        {
            var field = BreakerFields.All.FirstOrDefault(known => known.Name == name);
            if (field?.Apply(change, value) is { } next)
            {
                change = next;
            }
            else
            {
                errors[name] =
                [
                    field?.Explain(value) ?? $"There is no setting '{name}'; the settings are: {BreakerFields.Names}.",
                ];
            }
        }

        return new(change, errors);
    }

    private static Dictionary<string, JsonElement> ReadObject(byte[] body)
    {
        if (EntryBody.CheckJson(body) is { } error)
        {
            throw Bad(error);
        }

        try
        {
            var fields = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(body, Strict);
            return fields is { Count: > 0 } ? fields : throw Bad("this changes nothing.");
        }
        catch (JsonException exception)
        {
            throw Bad("this is not one, or names a setting twice.", exception);
        }
    }

    private static RequestProblemException Bad(string why, Exception? inner = null) =>
        new(StatusCodes.Status400BadRequest, $"{Form}; {why}", inner);
}
