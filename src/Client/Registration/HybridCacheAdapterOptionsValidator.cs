using Microsoft.Extensions.Options;

namespace CacheOrleans.Client.Registration;

[OptionsValidator]
internal sealed partial class HybridCacheAdapterOptionsValidator : IValidateOptions<HybridCacheAdapterOptions>;
