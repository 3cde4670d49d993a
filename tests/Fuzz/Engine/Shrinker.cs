namespace CacheOrleans.Fuzz.Engine;

/// <summary>Makes an input shorter and plainer as long as something still holds for it.</summary>
internal static class Shrinker
{
    private const int MaxTries = 3_000;

    public static async Task<byte[]> ShrinkAsync(byte[] input, Func<byte[], Task<bool>> holds)
    {
        var tries = 0;
        for (var size = input.Length; size > 0; size /= 2)
        {
            for (var at = 0; at < input.Length;)
            {
                byte[] shorter = [.. input.Take(at), .. input.Skip(at + size)];
                if (tries++ < MaxTries && await holds(shorter))
                {
                    input = shorter;
                }
                else
                {
                    at += size;
                }
            }
        }

        for (var at = 0; at < input.Length; at++)
        {
            byte[] plainer = [.. input];
            plainer[at] = (byte)(plainer[at] is >= (byte)' ' and <= (byte)'~' ? 'a' : 0);
            input = tries++ < MaxTries && plainer[at] != input[at] && await holds(plainer) ? plainer : input;
        }

        return input;
    }
}
