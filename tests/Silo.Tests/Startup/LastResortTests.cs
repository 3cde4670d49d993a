using CacheOrleans.Silo.Startup;

namespace CacheOrleans.Silo.Tests.Startup;

public sealed class LastResortTests
{
    [Fact]
    public async Task RunAsync_UnexpectedError_IsPrintedInFullWithItsExitCode()
    {
        using var error = new StringWriter();

        var code = await LastResort.RunAsync(() => throw new NotSupportedException("no such thing"), error);

        Assert.Equal(ExitCode.Unexpected, code);
        Assert.Contains("NotSupportedException: no such thing", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(nameof(LastResortTests), error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Ends_ReturnsItsCode()
    {
        using var error = new StringWriter();

        Assert.Equal(
            ExitCode.LostFromMembership,
            await LastResort.RunAsync(() => Task.FromResult(ExitCode.LostFromMembership), error));
        Assert.Empty(error.ToString());
    }
}
