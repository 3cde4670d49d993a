using BenchmarkDotNet.Attributes;
using CacheOrleans.Definitions;
using CacheOrleans.Keys;

namespace CacheOrleans.Bench.Keys;

/// <summary>Measures what it costs to create, write and parse a key, and to fill it into the template.</summary>
[MemoryDiagnoser]
public class CacheKeyBenchmarks
{
    private readonly CacheDefinition _definition = new("user_object", "user:{user_id}:{lang}", TimeSpan.FromMinutes(5));
    private CacheKey _key = null!;

    [Params("ko", "한국어")]
    public string Language { get; set; } = string.Empty;

    [GlobalSetup]
    public void MakeKey() => _key = _definition.Key(42, Language);

    [Benchmark(Baseline = true)]
    public string InterpolatedString() => $"user:{42}:{Language}";

    [Benchmark]
    public CacheKey Key() => _definition.Key(42, Language);

    [Benchmark]
    public CacheKey Create() => CacheKey.Create("user_object", 1, new("user_id", "42"), new("lang", Language));

    [Benchmark]
    public CacheKey Parse() => CacheKey.Parse(_key.Text);

    [Benchmark]
    public string Fill() => _definition.Template.Fill(_key);
}
