using Microsoft.Extensions.Options;

namespace CacheOrleans.Redis;

[OptionsValidator]
internal sealed partial class RedisOptionsValidator : IValidateOptions<RedisOptions>;
