using System.Data.Common;
using CacheOrleans.Sql.Databases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Sql.Declarations;

/// <summary>Lets every database check its statements before anything else starts.</summary>
/// <remarks>A rejected statement fails the start. An unreachable database does not, because values in memory and in
/// Redis can be served without it.</remarks>
internal sealed class SqlStartCheck(
    IEnumerable<SqlFallback> fallbacks,
    IServiceProvider services,
    IOptions<SqlFallbackOptions> options,
    ILogger<SqlStartCheck> logger) : IHostedLifecycleService
{
    /// <inheritdoc />
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.StartCheckTimeout);
        var checks = fallbacks.GroupBy(fallback => fallback.Source).Select(group => CheckAsync(group, limit.Token));
        var errors = (await Task.WhenAll(checks).ConfigureAwait(false)).SelectMany(found => found).ToList();
        cancellationToken.ThrowIfCancellationRequested();
        if (errors.Count > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, errors));
        }
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<IReadOnlyList<string>> CheckAsync(
        IGrouping<SqlSource, SqlFallback> group, CancellationToken cancellationToken)
    {
        var database = services.GetRequiredKeyedService<ISqlDatabase>(group.Key);
        List<string> errors = [];
        foreach (var fallback in group)
        {
            try
            {
                var columns = await database.DescribeAsync(fallback, cancellationToken)
                    .WaitAsync(cancellationToken).ConfigureAwait(false);
                if (SqlFallback.CheckColumns(columns) is { } error)
                {
                    errors.Add($"Cache '{fallback.Cache}', {fallback.SqlPath}: {error}.");
                }
            }
            catch (Exception exception)
                when (exception is OperationCanceledException || database.IsUnreachable(exception))
            {
                Log.DatabaseUnreachable(logger, group.Key.Name, exception);
                return errors;
            }
            catch (DbException exception)
            {
                errors.Add($"Cache '{fallback.Cache}', {fallback.SqlPath}: the database of "
                    + $"'ConnectionStrings:{group.Key.Name}' rejects it: {exception.Message}");
            }
        }

        if (errors.Count == 0)
        {
            Log.StatementsAccepted(logger, group.Key.Name, group.Count());
        }

        return errors;
    }
}
