using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace CacheOrleans.Client.Reads;

/// <summary>Carries the errors of fallbacks from the process where they occurred to the waiting processes.</summary>
/// <remarks>Silos forward the bytes and do not need the exception types. Thread-safe.</remarks>
internal sealed class LeaseErrors : IDisposable
{
    /// <summary>Replaces the error type when a fallback produced a value that cannot be sent to other
    /// processes.</summary>
    private const string NoBytes = "CacheOrleans.Client.ValueWithoutBytes";

    private readonly ServiceProvider _services;
    private readonly Serializer<Exception> _serializer;

    public LeaseErrors()
    {
        var services = new ServiceCollection();
        services.AddSerializer();

        // Without this, an exception from a namespace other than System would be deserialized as another type.
        services.Configure<ExceptionSerializationOptions>(options =>
            options.SupportedExceptionTypeFilter = static type => type.IsSubclassOf(typeof(Exception)));
        _services = services.BuildServiceProvider();
        _serializer = _services.GetRequiredService<Serializer<Exception>>();
    }

    /// <summary>Creates the report to the owner that a fallback has failed.</summary>
    public LeaseFailure Pack(Guid lease, Exception error) => new(
        lease, error.Message, error.GetType().FullName!, error.StackTrace ?? string.Empty, Serialize(error));

    /// <summary>Creates the report to the owner that there is a value that cannot be serialized.</summary>
    public static LeaseFailure PackValueWithoutBytes(Guid lease, string type) =>
        new(lease, $"A {type} cannot be serialized.", NoBytes, string.Empty, Error: null);

    /// <summary>Creates the report to the owner that no caller waits for the load any longer.</summary>
    public static LeaseFailure PackAbandoned(Guid lease) => new(
        lease,
        "All callers have given up.",
        typeof(OperationCanceledException).FullName!,
        string.Empty,
        Error: null,
        IsGivenUp: true);

    /// <summary>Whether the lease holder had a value, so that every waiting process must load its own.</summary>
    public static bool IsValueWithoutBytes(LeaseFailedException failed) => failed.Failure.ErrorType == NoBytes;

    /// <summary>Returns the original error with the stack trace from where it occurred, or, if its type cannot be
    /// created in this process, the reported description of it.</summary>
    public Exception Unpack(LeaseFailedException failed)
    {
        try
        {
            return failed.Failure.Error is { } bytes
                && _serializer.Deserialize(bytes) is { } error and not UnavailableExceptionFallbackException
                    ? error
                    : failed;
        }
        // If the bytes cannot be read for any reason, the caller gets the failure itself.
        catch (Exception)
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
        // An exception may contain data that cannot be serialized; its message is sent then.
        catch (Exception)
        {
            return null;
        }
    }
}
