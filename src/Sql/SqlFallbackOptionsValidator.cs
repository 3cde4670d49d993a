using Microsoft.Extensions.Options;

namespace CacheOrleans.Sql;

[OptionsValidator]
internal sealed partial class SqlFallbackOptionsValidator : IValidateOptions<SqlFallbackOptions>;
