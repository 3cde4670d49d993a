using System.Data.Common;
using CacheOrleans.Shop.Answers;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CacheOrleans.Shop.Data;

/// <summary>Records in the read that a statement runs for that it has reached the database.</summary>
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
