using Orleans.CodeGeneration;
using Orleans.Serialization;
using Orleans.Serialization.Invocation;

namespace CacheOrleans.Simulation.Cluster;

/// <summary>A call on its way to a grain, and its answer on the way back.</summary>
internal abstract class Call(
    ClusterNode sender, GrainId target, IInvokable request, InvokeMethodOptions options, TimeSpan timeout)
{
    /// <summary>The most silos that pass a call on.</summary>
    private const int MaxHops = 4;

    public ClusterNode Sender => sender;

    public GrainId Target => target;

    public IInvokable Request => request;

    public bool IsOneWay => options.HasFlag(InvokeMethodOptions.OneWay);

    public bool Interleaves => options.HasFlag(InvokeMethodOptions.AlwaysInterleave);

    public int Hops { get; private set; }

    /// <summary>The silo that works on the call, as far as the sender knows.</summary>
    public ClusterNode? At { get; set; }

    /// <summary>What the caller passes along with every call.</summary>
    public (string Key, object Value)[] Context { get; } =
        [.. RequestContext.Entries.Select(entry => (entry.Key, entry.Value))];

    public string Name => $"{request.GetInterfaceType().Name}.{request.GetMethodName()}";

    public abstract bool IsAnswered { get; }

    public void Send()
    {
        sender.World.Log($"    {sender} calls {Name}({target.Key})");
        if (!IsOneWay)
        {
            sender.Scheduler.After(timeout, sender, static call => ((Call)call!).TimeOut(), this);
            sender.Pending.Add(this);
        }

        sender.Dispatch(this);
    }

    /// <summary>Counts a silo that passes the call on.</summary>
    /// <returns>False if there were too many.</returns>
    public bool Hop() => ++Hops <= MaxHops;

    /// <summary>Completes the call in the process that sent it.</summary>
    public void Complete(Response response)
    {
        if (!IsAnswered)
        {
            sender.World.Log($"    {sender} is answered {Name}({target.Key}): {response.Exception ?? response.Result}");
            sender.Pending.Remove(this);
            OnResponse(response);
        }
    }

    public void Fail(Exception exception) => Complete(Response.FromException(exception));

    /// <summary>Copies an answer for its way through the network.</summary>
    public abstract Response Copy(Response response);

    protected abstract void OnResponse(Response response);

    private void TimeOut()
    {
        if (!IsAnswered)
        {
            sender.World.Log($"{sender} gets no answer to {Name}({target.Key})");
            Fail(new TimeoutException($"There was no answer to {Name} in {timeout}."));
        }
    }
}

/// <inheritdoc />
internal sealed class Call<T>(
    ClusterNode sender,
    GrainId target,
    IInvokable request,
    InvokeMethodOptions options,
    TimeSpan timeout,
    DeepCopier copier)
    : Call(sender, target, request, options, timeout)
{
    private readonly TaskCompletionSource<T?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T?> Answer => _answer.Task;

    public override bool IsAnswered => _answer.Task.IsCompleted;

    public override Response Copy(Response response) => response.Exception is null && response.Result is { } result
        ? Response.FromResult(copier.Copy((T)result))
        : response;

    protected override void OnResponse(Response response)
    {
        if (response.Exception is { } exception)
        {
            _answer.TrySetException(exception);
        }
        else
        {
            _answer.TrySetResult(response.Result is T result ? result : default);
        }
    }
}
