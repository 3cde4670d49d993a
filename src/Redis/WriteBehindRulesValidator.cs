using Microsoft.Extensions.Options;

namespace CacheOrleans.Redis;

/// <summary>Validates the rules of <see cref="WriteBehindOptions"/> that span two properties.</summary>
internal sealed class WriteBehindRulesValidator : IValidateOptions<WriteBehindOptions>
{
    public ValidateOptionsResult Validate(string? name, WriteBehindOptions options) =>
        options.FirstRetryDelay <= options.MaxRetryDelay
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{WriteBehindOptions.SectionName}:{nameof(WriteBehindOptions.FirstRetryDelay)} "
                + $"({options.FirstRetryDelay:c}) is above {nameof(WriteBehindOptions.MaxRetryDelay)} "
                + $"({options.MaxRetryDelay:c}).");
}
