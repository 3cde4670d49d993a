using System.Reflection;

namespace CacheOrleans.Simulation.Cluster;

/// <summary>An activation of a grain: the grain itself is the real one.</summary>
internal sealed class Activation : IGrainContext
{
    private static readonly SetContext Enter = typeof(GrainReference).Assembly
        .GetType("Orleans.Runtime.RuntimeContext", throwOnError: true)!
        .GetMethod("SetExecutionContext", BindingFlags.Static | BindingFlags.NonPublic)!
        .CreateDelegate<SetContext>();

    private readonly SiloNode _silo;
    private readonly TurnScheduler _turns = new();
    private readonly Queue<Call> _waiting = new();
    private readonly TaskCompletionSource _deactivated = new();
    private readonly GrainKind _kind;
    private IGrainBase _grain = null!;
    private State _state = State.Activating;
    private DeactivationReason _reason;
    private TimeSpan _staysUntil;
    private TimeSpan _usedAt;
    private int _running;

    public Activation(SiloNode silo, GrainId id, GrainKind kind)
    {
        _silo = silo;
        GrainId = id;
        Address = new GrainAddress { GrainId = id, SiloAddress = silo.Address, ActivationId = silo.NextActivation() };
        _kind = kind;
        _usedAt = silo.Scheduler.Now;
        Run(ActivateAsync);
    }

    private delegate void SetContext(IGrainContext? context, out IGrainContext? current);

    private enum State
    {
        Activating,
        Active,
        Deactivating,
        Gone,
    }

    public GrainId GrainId { get; }

    public GrainAddress Address { get; }

    public GrainReference GrainReference => throw new NotSupportedException();

    public object? GrainInstance => _grain;

    public ActivationId ActivationId => Address.ActivationId;

    public IServiceProvider ActivationServices => _silo.Services;

    public IGrainLifecycle ObservableLifecycle => throw new NotSupportedException();

    public IWorkItemScheduler Scheduler => throw new NotSupportedException();

    public Task Deactivated => _deactivated.Task;

    /// <summary>Whether nobody has called it for a while, and nothing keeps it.</summary>
    public bool IsIdle(TimeSpan age) =>
        _state == State.Active && _running == 0 && !_kind.StaysActive
        && _silo.Scheduler.Now - _usedAt >= age && _silo.Scheduler.Now >= _staysUntil;

    public void StayFor(TimeSpan duration) => _staysUntil = _silo.Scheduler.Now + duration;

    public void Receive(Call call)
    {
        _usedAt = _silo.Scheduler.Now;
        _waiting.Enqueue(call);
        Pump();
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (_state is State.Activating or State.Active)
        {
            _silo.World.Log($"    {GrainId.Key} leaves {_silo}: {deactivationReason.Description}");
            _reason = deactivationReason;
            var wasActive = _state == State.Active;
            _state = State.Deactivating;
            if (wasActive)
            {
                Run(DeactivateIfIdleAsync);
            }
        }
    }

    public object? GetTarget() => _grain;

    public object? GetComponent(Type componentType) => null;

    public void SetComponent<TComponent>(TComponent? value)
        where TComponent : class => throw new NotSupportedException();

    public void ReceiveMessage(object message) => throw new NotSupportedException();

    public void Activate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public void Rehydrate(IRehydrationContext context) => throw new NotSupportedException();

    public void Migrate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => GrainId.GetHashCode();

    private void Run(Func<Task> work) =>
        _ = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, _turns);

    private async Task ActivateAsync()
    {
        try
        {
            Enter(this, out var outer);
            try
            {
                _grain = (IGrainBase)_kind.Make(_silo.Services, []);
            }
            finally
            {
                Enter(outer, out _);
            }

            await _grain.OnActivateAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            _state = State.Gone;
            _silo.Remove(this);
            foreach (var call in _waiting)
            {
                call.Fail(exception);
            }

            return;
        }

        if (_state == State.Activating)
        {
            _state = State.Active;
            Pump();
        }
        else
        {
            await DeactivateIfIdleAsync();
        }
    }

    private void Pump()
    {
        while (_state == State.Active && _waiting.TryPeek(out var call)
            && (_running == 0 || _kind.IsReentrant || call.Interleaves))
        {
            _waiting.Dequeue();
            _running++;
            Run(() => InvokeAsync(call));
        }

        if (_state == State.Gone)
        {
            Reroute();
        }
    }

    private async Task InvokeAsync(Call call)
    {
        foreach (var (key, value) in call.Context)
        {
            RequestContext.Set(key, value);
        }

        call.Request.SetTarget(this);
        var response = await call.Request.Invoke();
        _running--;
        _usedAt = _silo.Scheduler.Now;
        _silo.Answer(call, response);
        if (_state == State.Deactivating)
        {
            await DeactivateIfIdleAsync();
        }
        else
        {
            Pump();
        }
    }

    private async Task DeactivateIfIdleAsync()
    {
        if (_running > 0 || _state != State.Deactivating || _deactivated.Task.IsCompleted)
        {
            return;
        }

        _running++; // once
        try
        {
            await _grain.OnDeactivateAsync(_reason, CancellationToken.None);
        }
        catch (Exception exception)
        {
            _silo.World.Log($"{GrainId.Key} fails to deactivate: {exception.Message}");
        }

        _state = State.Gone;
        _silo.Remove(this);
        _deactivated.TrySetResult();
        Reroute();
    }

    private void Reroute()
    {
        while (_waiting.TryDequeue(out var call))
        {
            _silo.Route(call);
        }
    }
}
