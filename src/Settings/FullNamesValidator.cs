using Microsoft.Extensions.Options;

namespace CacheOrleans.Settings;

/// <summary>Wraps a validator, and puts the full names of settings into its messages.</summary>
internal sealed class FullNamesValidator<TOptions, TValidator>(string section, TValidator validator)
    : IValidateOptions<TOptions>
    where TOptions : class
    where TValidator : IValidateOptions<TOptions>
{
    public ValidateOptionsResult Validate(string? name, TOptions options) =>
        validator.Validate(name, options) is { Failed: true, Failures: { } failures }
            ? ValidateOptionsResult.Fail(failures.Select(failure => SettingName.Complete(section, failure)))
            : ValidateOptionsResult.Success;
}
