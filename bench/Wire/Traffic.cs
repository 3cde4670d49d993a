namespace CacheOrleans.Bench.Wire;

/// <summary>The messages and bytes that were sent over connections.</summary>
internal readonly record struct Traffic(double Messages, double Bytes)
{
    public static Traffic operator -(Traffic left, Traffic right) =>
        new(left.Messages - right.Messages, left.Bytes - right.Bytes);

    public Traffic Times(double factor) => new(Messages * factor, Bytes * factor);

    public static Traffic operator /(Traffic traffic, double parts) =>
        new(traffic.Messages / parts, traffic.Bytes / parts);
}
