using System.Globalization;
using CacheOrleans.Breaker;

namespace CacheOrleans.Alerts;

/// <summary>Writes the details of a message about a problem.</summary>
/// <remarks>If the message announces no new failure, the details of the last one are marked as such.</remarks>
internal static class ProblemDetails
{
    public static IEnumerable<(string Name, string Value)> Of(AlertNotice notice)
    {
        var isFailing = notice.Kind == AlertNoticeKind.Failing;
        if (notice.Failure is { } failure)
        {
            yield return (isFailing ? "Silo" : "Last silo", failure.Silo);
            if (failure.ErrorType is { } type)
            {
                yield return (isFailing ? "Error" : "Last error", type);
            }
        }

        if (Breaker(notice) is { } breaker)
        {
            yield return ("Redis' breaker", breaker);
        }

        if (isFailing || notice.FailingFor > TimeSpan.Zero)
        {
            yield return ("First failure", AlertTime.Since(notice.At, notice.FailingFor));
        }

        if (!isFailing && notice.Situation?.SinceFailure is { } last)
        {
            yield return ("Last failure", AlertTime.Since(notice.At, last));
        }

        if (notice.Suppressed is { } suppressed)
        {
            yield return ("Suppressed", Suppressed(notice.At, suppressed));
        }
    }

    /// <summary>Returns the breaker's state when the message was decided; if that is unknown, the state on the silo of
    /// a failure at the time of the failure.</summary>
    private static string? Breaker(AlertNotice notice)
    {
        BreakerState? failed = notice.Kind == AlertNoticeKind.Failing ? notice.Failure?.Breaker : null;
        if ((notice.Situation?.Breaker ?? failed) is not { } state)
        {
            return null;
        }

        var local = notice.Situation?.SkippingLocally ?? 0;
        return local == 0
            ? OutlookWords.Name(state)
            : $"{OutlookWords.Name(state)}; {AlertTime.Count(local, "silo")} whose local breaker is not closed";
    }

    private static string Suppressed(DateTimeOffset at, SuppressedFailures suppressed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{suppressed.Failures:N0} since {AlertTime.Since(at, suppressed.For)} "
            + $"on {AlertTime.Count(suppressed.Silos, "silo")}");
}
