using CacheOrleans.Grains.Entries;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Registration;

[OptionsValidator]
internal sealed partial class CacheEntryOptionsValidator : IValidateOptions<CacheEntryOptions>;
