using System.Text.RegularExpressions;
using CacheOrleans.Alerts;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Tells which of <see cref="AlertOptions.RedactionPatterns"/> are of no use, each with its path.</summary>
internal sealed class RedactionPatternsValidator : IValidateOptions<AlertOptions>
{
    public ValidateOptionsResult Validate(string? name, AlertOptions options)
    {
        List<string> errors =
        [
            .. from pattern in options.RedactionPatterns.Index()
               let error = Check(pattern.Item)
               where error is not null
               select $"{AlertOptions.SectionName}:{nameof(AlertOptions.RedactionPatterns)}:{pattern.Index}: {error}",
        ];
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static string? Check(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking);
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return exception.Message;
        }
    }
}
