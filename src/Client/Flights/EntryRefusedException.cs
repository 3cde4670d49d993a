namespace CacheOrleans.Client.Flights;

/// <summary>A key or a cache is not taken, here or by its owner; no fallback has been run.</summary>
internal sealed class EntryRefusedException : ArgumentException
{
    public EntryRefusedException(string message, string parameter)
        : base(message, parameter)
    {
    }

    public EntryRefusedException(ArgumentException refusal)
        : base(refusal.Message, refusal)
    {
    }
}
