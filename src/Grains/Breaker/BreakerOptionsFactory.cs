using CacheOrleans.Breaker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Breaker;

/// <summary>Creates the options from the preset that <c>Breaker:Preset</c> names; the other settings override it.
/// </summary>
internal sealed class BreakerOptionsFactory(
    IEnumerable<IConfigureOptions<BreakerOptions>> configure,
    IEnumerable<IPostConfigureOptions<BreakerOptions>> postConfigure,
    IEnumerable<IValidateOptions<BreakerOptions>> validate,
    IConfiguration configuration)
    : OptionsFactory<BreakerOptions>(configure, postConfigure, validate)
{
    protected override BreakerOptions CreateInstance(string name) =>
        BreakerPreset.Find(configuration) ?? new BreakerOptions(); // the validator reports an unknown preset
}
