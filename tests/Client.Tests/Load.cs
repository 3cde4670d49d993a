namespace CacheOrleans.Client.Tests;

/// <summary>A fallback that counts its runs; the test decides when and how they end.</summary>
internal sealed class Load<T>
{
    private readonly TaskCompletionSource<T?> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _runs;

    public int Runs => Volatile.Read(ref _runs);

    public Action? OnRun { get; init; }

    public async ValueTask<T?> RunAsync(int key, CancellationToken stopping)
    {
        OnRun?.Invoke();
        Interlocked.Increment(ref _runs);
        return await _end.Task.WaitAsync(stopping);
    }

    public void Return(T? value) => _end.SetResult(value);

    public void Throw(Exception exception) => _end.SetException(exception);
}
