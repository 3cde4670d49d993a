using System.Data.Common;
using CacheOrleans.Shop.Answers;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CacheOrleans.Shop.Data;

/// <summary>Tells the read on whose behalf a statement runs that it came to the database.</summary>
internal sealed class DatabaseWatch : DbCommandInterceptor
{
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        Question.OnStatement();
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }
}
