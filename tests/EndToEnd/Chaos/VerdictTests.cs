using System.Diagnostics;
using CacheOrleans.Chaos.Histories;

namespace CacheOrleans.EndToEnd.Chaos;

/// <summary>What the checks of <c>make chaos</c> find in calls that are written here. Times are in seconds.</summary>
public sealed class VerdictTests
{
    private readonly List<Call> _calls = [];
    private readonly List<Disturbance> _disturbances = [];

    [Fact]
    public void Judge_ReadBeginsAfterTheChange_IsStale()
    {
        Change(CallKind.Remove, version: 2, at: 20);
        Read(CallKind.Strict, version: 1, at: 20.5);
        Read(CallKind.Strict, version: 2, at: 20.5);
        Read(CallKind.Strict, version: 1, at: 19.9);

        Assert.Equal(1, Judge().StaleStrict);
        Assert.Single(Judge().Broken);
    }

    [Theory]
    [InlineData(1, 21, 0)]
    [InlineData(1, 23, 1)]
    [InlineData(0, 20.5, 1)]
    public void Judge_OldCopy_IsStaleBeyondItsBoundOrInTheProcessOfTheChange(int reader, double at, int stale)
    {
        Change(CallKind.Set, version: 2, at: 20);
        Read(CallKind.Copies, version: 1, at, reader);

        var figures = Judge();

        Assert.Equal(stale, reader == 0 ? figures.StaleOwn : figures.StaleCopies);
    }

    [Fact]
    public void Judge_MessagesMayBeLost_CopiesAndTagsHaveMoreTime()
    {
        Disturb(Harm.Messages, 19, 21);
        Change(CallKind.Remove, version: 2, at: 20);
        Change(CallKind.Tag, version: 3, at: 20.5);
        Read(CallKind.Copies, version: 1, at: 25, client: 1);
        Read(CallKind.Strict, version: 2, at: 25);
        Assert.Empty(Judge().Broken);

        Read(CallKind.Copies, version: 1, at: 28, client: 1);
        Read(CallKind.Strict, version: 2, at: 34);
        Assert.Equal((1, 1), (Judge().StaleCopies, Judge().StaleStrict));
    }

    [Theory]
    [InlineData(true, 0, 1)]
    [InlineData(false, 1, 0)]
    public void Judge_SiloIsKilled_OnlyQueuedChangesMayBeUndone(bool isQueued, int stale, int undone)
    {
        Change(CallKind.Remove, version: 2, at: 20, isQueued ? CallOutcome.Queued : CallOutcome.Applied);
        Disturb(Harm.Queued, 30, 31);
        Read(CallKind.Strict, version: 1, at: 40);

        Assert.Equal((stale, undone), (Judge().StaleStrict, Judge().UndoneQueued));
    }

    [Fact]
    public void Judge_ClockIsAhead_QueuedChangesMayLoseWithinTheSkew()
    {
        _disturbances.Add(new(Harm.Clock, 0, long.MaxValue, TimeSpan.FromSeconds(2)));
        Change(CallKind.Set, version: 2, at: 20);
        Change(CallKind.Set, version: 3, at: 21, CallOutcome.Queued);
        Read(CallKind.Strict, version: 2, at: 40);
        Assert.Empty(Judge().Broken);

        Change(CallKind.Set, version: 4, at: 24, CallOutcome.Queued);
        Assert.Equal(1, Judge().StaleStrict);
    }

    [Fact]
    public void Judge_RedisHasAnOldVersion_IsLost()
    {
        Change(CallKind.Set, version: 2, at: 20);
        Read(CallKind.Strict, version: 1, at: 40, client: Call.Store);

        Assert.Equal((1, 0, 0), (Judge().Lost, Judge().StaleStrict, Judge().Reads));
    }

    [Fact]
    public void Judge_OutcomeOfASetIsUnknown_ItMayTakeEffectLater()
    {
        Change(CallKind.Set, version: 2, at: 20, CallOutcome.Failed);
        Change(CallKind.Remove, version: 3, at: 21);
        Read(CallKind.Strict, version: 2, at: 22);

        Assert.Equal(0, Judge().StaleStrict);
    }

    [Fact]
    public void Judge_SecondLoadOfOneLife_BreaksThePromiseUnlessDisturbed()
    {
        Change(CallKind.Remove, version: 2, at: 20);
        Read(CallKind.Load, version: 2, at: 21);
        Read(CallKind.Load, version: 2, at: 22, client: 1);
        Assert.Single(Judge().Broken);

        Disturb(Harm.Messages, 21, 22);
        Assert.Empty(Judge().Broken);
        Assert.Equal(2, Judge().MostLoads);
    }

    private Figures Judge() => new Verdict(_calls, _disturbances, since: 0).Judge([], logLines: 0);

    private void Change(CallKind kind, long version, double at, CallOutcome outcome = CallOutcome.Applied) =>
        _calls.Add(new(kind, 0, 7, version, Ticks(at - 0.1), Ticks(at), outcome));

    private void Read(CallKind kind, long version, double at, int client = 0) =>
        _calls.Add(new(kind, client, 7, version, Ticks(at), Ticks(at + 0.1), CallOutcome.Answered));

    private void Disturb(Harm harm, double from, double to) => _disturbances.Add(new(harm, Ticks(from), Ticks(to)));

    private static long Ticks(double seconds) => (long)(seconds * Stopwatch.Frequency);
}
