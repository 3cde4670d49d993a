using CacheOrleans.Keys;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Registration;

[OptionsValidator]
internal sealed partial class CacheLimitsValidator : IValidateOptions<CacheLimits>;
