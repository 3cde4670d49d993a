namespace CacheOrleans.Fuzz.Engine;

/// <summary>A row of inputs that follows from its seed: generated ones, random bytes, and mutations of inputs that had
/// a new outcome.</summary>
internal sealed class Lane
{
    private const int MaxPool = 1_000;

    private readonly ITarget _target;
    private readonly Random _random;
    private readonly Mutator _mutator;
    private readonly List<byte[]> _pool;
    private readonly HashSet<string> _outcomes = [];

    public Lane(ITarget target, IEnumerable<byte[]> corpus, int seed)
    {
        _target = target;
        _random = new(seed);
        _mutator = new(_random, target.Words);
        _pool = [.. corpus, []];
    }

    /// <summary>Makes the next input.</summary>
    public byte[] Next() => _random.Next(20) switch
    {
        0 => _mutator.Noise(),
        < 6 => _target.Generate(_random),
        < 10 => _mutator.Mutate(_target.Generate(_random), Any()),
        _ => _mutator.Mutate(Any(), Any()),
    };

    /// <summary>Takes note of an outcome.</summary>
    /// <returns>Whether it is new.</returns>
    public bool Learn(byte[] input, string outcome)
    {
        var isNew = _outcomes.Count < MaxPool && _outcomes.Add(outcome);
        if (isNew)
        {
            _pool.Add(input);
        }

        return isNew;
    }

    private byte[] Any() => _pool[_random.Next(_pool.Count)];
}
