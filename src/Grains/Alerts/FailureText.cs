using CacheOrleans.Alerts;
using CacheOrleans.Grains.Breaker;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Describes failures in words: removes secrets first, then shortens each text.</summary>
/// <remarks>Thread-safe. It runs foreign code, an exception's <see cref="Exception.ToString"/>, so the caller must not
/// be inside a lock. If that code throws, the failure is described without its text.</remarks>
internal sealed class FailureText(
    Redactor redactor, IOptions<AlertOptions> options, ILocalSiloDetails silo, IBreakerView breaker)
{
    public const int MaxLength = 500;

    private readonly bool _redacts = options.Value.Redact;
    private readonly string _silo = silo.SiloAddress.ToParsableString();

    public AlertFailure Describe(AlertEvidence evidence) => new(
        evidence.Id,
        evidence.Stage,
        Clean(evidence.What ?? Sentence(evidence.Stage)),
        evidence.Error is { } error ? TypeName(error) : null,
        evidence.Error is { } exception ? Clean(Trace(exception)) : null,
        _silo,
        breaker.View.State);

    private static string Sentence(AlertStage stage) => stage switch
    {
        AlertStage.Read => "The read from Redis failed.",
        AlertStage.Fallback => "The fallback failed.",
        AlertStage.Store => "The write to Redis failed.",
        AlertStage.Breaker => "The circuit breaker opened.",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, null),
    };

    private static string TypeName(Exception exception)
    {
        if (exception is LeaseFailedException { Failure.ErrorType: { } name })
        {
            return TextCut.At(name, MaxLength); // the type of the exception that the client's process threw
        }

        var type = exception.GetType();
        return TextCut.At(type.FullName ?? type.Name, MaxLength);
    }

    private static string Trace(Exception exception)
    {
        string? text;
        if (exception is LeaseFailedException { Failure: var failed })
        {
            return $"{failed.ErrorType}: {failed.Message}\n{failed.Trace}";
        }

        try
        {
            text = exception.ToString();
        }
        catch (Exception failure) // an exception's ToString may throw anything, and must not prevent its alert
        {
            text = $"{TypeName(exception)} (its ToString threw {TypeName(failure)})";
        }

        return text ?? TypeName(exception);
    }

    private string Clean(string text) => TextCut.At(_redacts ? redactor.Redact(text) : text, MaxLength);
}
