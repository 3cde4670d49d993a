using CacheOrleans.Breaker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Reports every invalid setting of the breaker with its full name.</summary>
internal sealed class BreakerOptionsValidator(IConfiguration configuration) : IValidateOptions<BreakerOptions>
{
    public ValidateOptionsResult Validate(string? name, BreakerOptions options)
    {
        List<string> errors =
            [.. options.Check().Select(error => $"{BreakerOptions.SectionName}:{error.Key}: {error.Value}")];
        if (BreakerPreset.Find(configuration) is null)
        {
            errors.Add($"{BreakerPreset.Path} must be Cluster or Simple, not '{configuration[BreakerPreset.Path]}'.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
