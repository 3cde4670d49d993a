namespace CacheOrleans.Client.Tests.Reads;

/// <summary>An exception with data that no serializer can write.</summary>
public sealed class StubbornException : Exception
{
    public StubbornException(Func<int> reason)
        : base("cannot be moved") => Data["reason"] = reason;
}
