using CacheOrleans.Keys;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Client.Registration;

[OptionsValidator]
internal sealed partial class CacheLimitsValidator : IValidateOptions<CacheLimits>;
