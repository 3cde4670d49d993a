using CacheOrleans.Alerts;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Reports every invalid pattern of <see cref="AlertOptions.RedactionPatterns"/> with its full name.</summary>
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
