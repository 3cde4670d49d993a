using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace CacheOrleans.Client.Reads;

/// <summary>Carries the errors of fallbacks from the process where they happened to those that wait.</summary>
/// <remarks>Silos pass on the bytes and need not know the types. Thread-safe.</remarks>
internal sealed class LeaseErrors : IDisposable
{
    /// <summary>Stands for the type of the error where a fallback had a value, which cannot be given to
    /// others.</summary>
    private const string NoBytes = "CacheOrleans.Client.ValueWithoutBytes";

    private readonly ServiceProvider _services;
    private readonly Serializer<Exception> _serializer;

    public LeaseErrors()
    {
        var services = new ServiceCollection();
        services.AddSerializer();

        // Without this, exceptions of namespaces other than System would come back as another type.
        services.Configure<ExceptionSerializationOptions>(options =>
            options.SupportedExceptionTypeFilter = static type => type.IsSubclassOf(typeof(Exception)));
        _services = services.BuildServiceProvider();
        _serializer = _services.GetRequiredService<Serializer<Exception>>();
    }

    /// <summary>Makes what the owner is told of an error.</summary>
    public LeaseFailure Pack(Guid lease, Exception error) => new(
        lease, error.Message, error.GetType().FullName!, error.StackTrace ?? string.Empty, Serialize(error));

    /// <summary>Makes what the owner is told where there is a value, but no bytes of it.</summary>
    public static LeaseFailure PackValueWithoutBytes(Guid lease, string type) =>
        new(lease, $"A {type} cannot be serialized.", NoBytes, string.Empty, Error: null);

    /// <summary>Makes what the owner is told where the load goes on for nobody.</summary>
    public static LeaseFailure PackGivenUp(Guid lease) => new(
        lease,
        "All callers have given up.",
        typeof(OperationCanceledException).FullName!,
        string.Empty,
        Error: null,
        IsGivenUp: true);

    /// <summary>Whether the holder had a value, and whoever waited is to get one by itself.</summary>
    public static bool HadAValue(LeaseFailedException failed) => failed.Failure.ErrorType == NoBytes;

    /// <summary>Gives the error itself, with the trace from where it happened; or what is known of it, where its type
    /// cannot be made in this process.</summary>
    public Exception Unpack(LeaseFailedException failed)
    {
        try
        {
            return failed.Failure.Error is { } bytes
                && _serializer.Deserialize(bytes) is { } error and not UnavailableExceptionFallbackException
                    ? error
                    : failed;
        }
#pragma warning disable CA1031 // Whatever is wrong with the bytes, the failure itself is what is to be told.
        catch (Exception)
#pragma warning restore CA1031
        {
            return failed;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _services.Dispose();

    private byte[]? Serialize(Exception error)
    {
        try
        {
            return _serializer.SerializeToArray(error);
        }
#pragma warning disable CA1031 // An exception may hold what cannot be serialized; then its words have to do.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
