using CacheOrleans.Alerts;
using CacheOrleans.Grains.Breaker;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Puts a failure into words.</summary>
internal sealed class FailureText(
    Redactor redactor, ILocalSiloDetails silo, IBreakerView breaker, IOptions<AlertOptions> options)
{
    public AlertFailure Describe(AlertEvidence evidence) => new(
        evidence.Id,
        evidence.Stage,
        evidence.What ?? $"{evidence.Stage} failed.",
        evidence.Error?.GetType().FullName,
        evidence.Error is null ? null : TextCut.At(options.Value.Redact ? redactor.Redact(evidence.Error.ToString()) : "", 500),
        silo.Name,
        breaker.View.State);
}
