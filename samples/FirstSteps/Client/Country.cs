using System.Text.Json.Serialization;

namespace CacheOrleans.FirstSteps.Client;

/// <summary>A country as the silo's SQL returns it.</summary>
internal sealed record Country(
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("english_name")] string Name,
    [property: JsonPropertyName("currency")] string Currency);
