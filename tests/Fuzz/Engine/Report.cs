namespace CacheOrleans.Fuzz.Engine;

/// <summary>Describes a failure so that it can be seen again.</summary>
internal static class Report
{
    public static string Of(string target, byte[] input, string failure) =>
        $"""
        FAILED {target}: {failure}
          input  {Text.Show(input)}
          again  make fuzz ONLY={target} INPUT={Convert.ToHexStringLower(input)}
        """;
}
