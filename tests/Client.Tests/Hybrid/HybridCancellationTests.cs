using CacheOrleans.Client.Tests.Adapters;
using CacheOrleans.Testing;

namespace CacheOrleans.Client.Tests.Hybrid;

public sealed class HybridCancellationTests(HybridSubjects subjects) : IClassFixture<HybridSubjects>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Both]
    public async Task GetOrCreate_ByACanceledCaller_DoesNotRunTheFactory(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var (key, runs) = (HybridApplication.Key(), 0);
        await application.Cache.SetAsync(key, 5, cancellationToken: Cancellation);

        foreach (var asked in new[] { key, HybridApplication.Key() })
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                async () => await application.Cache.GetOrCreateAsync(
                    asked, _ => new ValueTask<int>(++runs), cancellationToken: new CancellationToken(canceled: true)));
        }

        Assert.Equal(0, runs);
    }

    [Theory, Both]
    public async Task GetOrCreate_OneCallerGivesUp_GoesOnForTheOthers(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var load = new Load();
        var key = HybridApplication.Key();
        using var impatient = new CancellationTokenSource();
        using var patient = new CancellationTokenSource();

        var first = load.AskAsync(application, key, impatient.Token);
        await load.Started.Task.WaitAsync(Cancellation);
        var second = load.AskAsync(application, key, patient.Token);
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(load.Token.IsCancellationRequested);
        load.Result.SetResult("value");
        Assert.Equal("value", await second);
        Assert.Equal(1, load.Runs);
    }

    [Theory, Both]
    public async Task GetOrCreate_EveryCallerGivesUp_CancelsTheFactory(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var load = new Load();
        var key = HybridApplication.Key();
        using var cancellation = new CancellationTokenSource();

        var callers = Enumerable.Range(0, 3)
            .Select(_ => load.AskAsync(application, key, cancellation.Token)).ToArray();
        await load.Started.Task.WaitAsync(Cancellation);
        await cancellation.CancelAsync();

        foreach (var caller in callers)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => caller);
        }

        await Eventually.TrueAsync(() => load.Token.IsCancellationRequested, "the factory is canceled");
        load.Result.SetResult("late");
    }

    [Theory, Both]
    public async Task GetOrCreate_AfterEveryCallerGaveUp_StartsAgain(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var load = new Load();
        var key = HybridApplication.Key();
        using var cancellation = new CancellationTokenSource();
        var caller = load.AskAsync(application, key, cancellation.Token);
        await load.Started.Task.WaitAsync(Cancellation);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => caller);

        var next = new Load();
        next.Result.SetResult("new");
        Assert.Equal("new", await next.AskAsync(application, key, CancellationToken.None));

        load.Result.SetResult("late");
    }

    [Theory, Both]
    public async Task GetOrCreate_ByACallerWithoutAToken_IsNeverCanceled(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var load = new Load();
        var key = HybridApplication.Key();
        using var cancellation = new CancellationTokenSource();

        var patient = load.AskAsync(application, key, CancellationToken.None);
        await load.Started.Task.WaitAsync(Cancellation);
        var impatient = load.AskAsync(application, key, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);

        Assert.False(load.Token.IsCancellationRequested);
        load.Result.SetResult("value");
        Assert.Equal("value", await patient);
    }

    [Theory, Both]
    public async Task Set_ByACanceledCaller_DoesNotThrow(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);

        await application.Cache.SetAsync(
            HybridApplication.Key(), "value", cancellationToken: new CancellationToken(canceled: true));
    }

    [Theory, Both]
    public async Task Remove_ByACanceledCaller_Throws(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await application.Cache.RemoveAsync(
            HybridApplication.Key(), new CancellationToken(canceled: true)));
    }

    /// <summary>A factory that completes when the test sets its result.</summary>
    private sealed class Load
    {
        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<string> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationToken Token { get; private set; }

        public int Runs { get; private set; }

        public Task<string> AskAsync(HybridApplication application, string key, CancellationToken cancellationToken) =>
            application.Cache.GetOrCreateAsync(
                key,
                async token =>
                {
                    Token = token;
                    Runs++;
                    Started.TrySetResult();
                    return await Result.Task;
                },
                cancellationToken: cancellationToken).AsTask();
    }
}
