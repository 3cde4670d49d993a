using System.Text.Json.Serialization;

namespace CacheOrleans.Client.Tests.Serialization;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(City))]
internal sealed partial class CityContext : JsonSerializerContext;
