using Microsoft.Extensions.Options;

namespace CacheOrleans.Client.Registration;

[OptionsValidator]
internal sealed partial class CacheClientOptionsValidator : IValidateOptions<CacheClientOptions>;
