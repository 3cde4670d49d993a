using System.Diagnostics;
using CacheOrleans.Client.Connection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace CacheOrleans.Client.Reads;

/// <summary>Carries the errors of fallbacks from the process where they occurred to the waiting processes, and decides
/// which errors of owners their callers get.</summary>
/// <remarks>Silos forward the bytes and do not need the exception types. Thread-safe.</remarks>
internal static class LeaseErrors
{
    /// <summary>Replaces the error type with <see cref="LeaseEnd.NotShareable"/>.</summary>
    private const string NoBytes = "CacheOrleans.Client.ValueWithoutBytes";

    /// <summary>Made with the first error, because it reads the types of all assemblies.</summary>
    private static readonly Lazy<Serializer<Exception>> Serializer = new(MakeSerializer);

    /// <summary>Creates the report to the owner that a lease for a <typeparamref name="T"/> has ended.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="error">The error of the fallback, with <see cref="LeaseEnd.Failed"/>.</param>
    public static LeaseFailure Pack<T>(Guid lease, LeaseEnd end, Exception? error) => end switch
    {
        LeaseEnd.Failed => new(
            lease, error!.Message, error.GetType().FullName!, error.StackTrace ?? string.Empty, Serialize(error)),
        LeaseEnd.NotShareable => new(
            lease, $"A {typeof(T)} cannot be serialized.", NoBytes, string.Empty, Error: null),
        LeaseEnd.Abandoned => new(
            lease,
            "All callers have given up.",
            typeof(OperationCanceledException).FullName!,
            string.Empty,
            Error: null,
            IsGivenUp: true),
        _ => throw new UnreachableException(),
    };

    /// <summary>Decides what the error of a call to an owner means for a read.</summary>
    /// <param name="error">The error; null: the owner could not be reached.</param>
    /// <param name="canProceed">Whether the read can end without a reply of the owner.</param>
    /// <returns>The error that the caller gets; null: the owner counts as unreachable.</returns>
    public static Exception? ForCaller(Exception? error, bool canProceed) => error switch
    {
        LeaseFailedException { Failure.ErrorType: NoBytes } when canProceed => null,
        LeaseFailedException failed => Unpack(failed),
        null or ArgumentException => error,
        _ => canProceed || NoAnswer.Is(error) ? null : error,
    };

    private static Serializer<Exception> MakeSerializer()
    {
        var services = new ServiceCollection();
        services.AddSerializer();

        // Without this, an exception from a namespace other than System would be deserialized as another type.
        services.Configure<ExceptionSerializationOptions>(options =>
            options.SupportedExceptionTypeFilter = static type => type.IsSubclassOf(typeof(Exception)));
        return services.BuildServiceProvider().GetRequiredService<Serializer<Exception>>();
    }

    /// <summary>Returns the original error with the stack trace from where it occurred, or, if its type cannot be
    /// created in this process, the reported description of it.</summary>
    private static Exception Unpack(LeaseFailedException failed)
    {
        try
        {
            return failed.Failure.Error is { } bytes
                && Serializer.Value.Deserialize(bytes) is { } error and not UnavailableExceptionFallbackException
                    ? error
                    : failed;
        }
        // If the bytes cannot be read for any reason, the caller gets the failure itself.
        catch (Exception)
        {
            return failed;
        }
    }

    private static byte[]? Serialize(Exception error)
    {
        try
        {
            return Serializer.Value.SerializeToArray(error);
        }
        // An exception may contain data that cannot be serialized; its message is sent then.
        catch (Exception)
        {
            return null;
        }
    }
}
