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
               let error = Redactor.Check(pattern.Item)
               where error is not null
               select $"{AlertOptions.SectionName}:{nameof(AlertOptions.RedactionPatterns)}:{pattern.Index}: {error}",
        ];
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
