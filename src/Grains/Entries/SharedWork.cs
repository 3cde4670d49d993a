using CacheOrleans.Entries;

namespace CacheOrleans.Grains.Entries;

/// <summary>Work for an entry that all who need its result share.</summary>
/// <remarks>A set or a remove detaches it: who asks later begins anew, and the old work serves those who wait for it.
/// </remarks>
internal sealed class SharedWork<T>(OwnedEntry owned)
{
    private Task<T>? _task;
    private LoadTicket _ticket;

    public bool IsRunning => _task is not null;

    /// <summary>The work to wait for, or null.</summary>
    public Task<T>? Current => _task is not null && owned.Memory.IsCurrent(_ticket) ? _task : null;

    public Task<T> Begin(Func<LoadTicket, Task<T>> work)
    {
        var ticket = owned.Memory.BeginLoad();
        var task = work(ticket);
        if (!task.IsCompleted)
        {
            (_task, _ticket) = (task, ticket);
            owned.Activation.OnBegun(); // an entry that leaves first waits for its work, and all its calls with it
        }

        _ = EndAsync(task);
        return task;
    }

    private async Task EndAsync(Task<T> task)
    {
        await Task.WhenAny(task); // its failure is for those who wait for the work itself
        if (ReferenceEquals(_task, task))
        {
            _task = null;
        }

        owned.Activation.OnChanged();
    }
}
