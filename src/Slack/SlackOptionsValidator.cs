using Microsoft.Extensions.Options;

namespace CacheOrleans.Slack;

[OptionsValidator]
internal sealed partial class SlackOptionsValidator : IValidateOptions<SlackOptions>;
