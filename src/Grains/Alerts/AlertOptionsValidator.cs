using CacheOrleans.Alerts;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Alerts;

[OptionsValidator]
internal sealed partial class AlertOptionsValidator : IValidateOptions<AlertOptions>;
