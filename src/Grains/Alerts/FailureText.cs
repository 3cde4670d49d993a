using CacheOrleans.Alerts;
using CacheOrleans.Grains.Breaker;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Puts failures into words: secrets are taken out first, then each text is cut.</summary>
/// <remarks>Thread-safe. It runs code of others, an exception's <see cref="Exception.ToString"/>, so no lock may be
/// held meanwhile; whatever that does, there are words.</remarks>
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
            return TextCut.At(name, MaxLength); // it stands for what a client's process threw
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
        catch (Exception failure) // whatever an exception's own text throws, its alert goes out
        {
            text = $"{TypeName(exception)} (its text cannot be had: {TypeName(failure)})";
        }

        return text ?? TypeName(exception);
    }

    private string Clean(string text) => TextCut.At(_redacts ? redactor.Redact(text) : text, MaxLength);
}
