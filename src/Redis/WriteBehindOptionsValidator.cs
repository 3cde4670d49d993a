using Microsoft.Extensions.Options;

namespace CacheOrleans.Redis;

[OptionsValidator]
internal sealed partial class WriteBehindOptionsValidator : IValidateOptions<WriteBehindOptions>;
