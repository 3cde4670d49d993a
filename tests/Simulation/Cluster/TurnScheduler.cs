namespace CacheOrleans.Simulation.Cluster;

/// <summary>Runs the turns of one activation in the order in which they were queued, as Orleans does.</summary>
internal sealed class TurnScheduler : TaskScheduler, IThreadPoolWorkItem
{
    private readonly Queue<Task> _turns = new();
    private bool _isQueued;

    public void Execute()
    {
        while (_turns.TryDequeue(out var turn))
        {
            TryExecuteTask(turn);
        }

        _isQueued = false;
    }

    protected override void QueueTask(Task task)
    {
        _turns.Enqueue(task);
        if (!_isQueued)
        {
            _isQueued = true;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && Current == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => _turns;
}
