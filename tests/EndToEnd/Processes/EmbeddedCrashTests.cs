using System.Diagnostics;
using System.Net;
using CacheOrleans.Testing.Processes;

namespace CacheOrleans.EndToEnd.Processes;

/// <summary>The first process of embedded mode crashes, and takes both embedded servers with it.</summary>
public sealed class EmbeddedCrashTests
{
    private const int Keys = 24;

    /// <remarks>No silo can declare the crashed one dead, because the membership table was lost with it.</remarks>
    [Fact(Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    public async Task FirstIsKilled_SecondAnswersItsOwnKeys_AndRefusesOthersInTime()
    {
        var settings = new SiloSettings();
        await using var first = await SiloProcess.StartAsync(settings);
        await using var second = await SiloProcess.StartAsync(settings);
        await SiloProcess.KnowEachOtherAsync(first, second);
        await AnswersAsync(second);

        await first.KillAsync();
        var start = Stopwatch.GetTimestamp();
        var answers = await AnswersAsync(second);

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.All(answers, code => Assert.True(
            code is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, $"{code}"));
        Assert.Contains(HttpStatusCode.OK, answers);
    }

    [Fact(Skip = LongRuns.Reason, SkipType = typeof(LongRuns), SkipUnless = nameof(LongRuns.AreWanted))]
    public async Task FirstStopsGracefully_SecondAnswersAllKeys()
    {
        var settings = new SiloSettings();
        await using var first = await SiloProcess.StartAsync(settings);
        await using var second = await SiloProcess.StartAsync(settings);
        await SiloProcess.KnowEachOtherAsync(first, second);
        await AnswersAsync(second);

        Assert.Equal(0, await first.StopAsync());

        Assert.All(await AnswersAsync(second), code => Assert.Equal(HttpStatusCode.OK, code));
    }

    private static Task<HttpStatusCode[]> AnswersAsync(SiloProcess silo) =>
        Task.WhenAll(Enumerable.Range(1, Keys).Select(async version =>
        {
            using var answer = await silo.GetEntryAsync($"home/entry?version={version}");
            return answer.StatusCode;
        }));
}
