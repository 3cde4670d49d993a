using CacheOrleans.Breaker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Tells all that is wrong with the settings, each with its path.</summary>
internal sealed class BreakerOptionsValidator(IConfiguration configuration) : IValidateOptions<BreakerOptions>
{
    public ValidateOptionsResult Validate(string? name, BreakerOptions options)
    {
        List<string> errors =
            [.. options.Check().Select(error => $"{BreakerOptions.SectionName}:{error.Key}: {error.Value}")];
        if (BreakerPreset.Find(configuration) is null)
        {
            errors.Add($"{BreakerPreset.Path} is Cluster or Simple, not '{configuration[BreakerPreset.Path]}'.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
