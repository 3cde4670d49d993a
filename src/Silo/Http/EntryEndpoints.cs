using System.Globalization;
using CacheOrleans.Silo.Security;

namespace CacheOrleans.Silo.Http;

/// <summary>Reads, sets and removes one entry.</summary>
internal static class EntryEndpoints
{
    public static void MapEntries(this IEndpointRouteBuilder app)
    {
        var entry = app.MapGroup("/api/caches/{name}/entry");
        entry.MapMethods(string.Empty, [HttpMethods.Get, HttpMethods.Head], GetAsync);
        entry.MapPut(string.Empty, PutAsync).RequireAuthorization(HttpAccess.Write);
        entry.MapDelete(string.Empty, DeleteAsync).RequireAuthorization(HttpAccess.Write);
    }

    private static async Task<IResult> GetAsync(
        string name, HttpContext context, EntryAddresses addresses, ClusterCall cluster)
    {
        var entry = addresses.Find(name, context.Request.Query);
        var answer = await cluster.RunAsync(
            entry.Grain, owner => owner.GetAsync(context.RequestAborted), context.RequestAborted);
        var headers = context.Response.Headers;
        headers["X-Cache"] = SourceName(answer.Source);
        headers["X-Cache-Key"] = entry.Key.Text;
        headers.XContentTypeOptions = "nosniff";
        if (answer.Value is null)
        {
            return Results.Problem(
                $"Cache '{name}' has no value for '{entry.Key}'.", statusCode: StatusCodes.Status404NotFound);
        }

        headers.Age = ((long)answer.Age.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Results.Bytes(answer.Value, entry.Definition.ContentType);
    }

    private static async Task<IResult> PutAsync(
        string name, HttpContext context, EntryAddresses addresses, EntryBody body, ClusterCall cluster)
    {
        var entry = addresses.Find(name, context.Request.Query);
        var value = await body.ReadAsync(entry.Definition, context);
        return Written(
            context,
            entry,
            await cluster.RunAsync(
                entry.Grain,
                owner => owner.SetAsync(new CacheWrite(value), context.RequestAborted),
                context.RequestAborted));
    }

    private static async Task<IResult> DeleteAsync(
        string name, HttpContext context, EntryAddresses addresses, ClusterCall cluster)
    {
        var entry = addresses.Find(name, context.Request.Query);
        return Written(
            context,
            entry,
            await cluster.RunAsync(
                entry.Grain, owner => owner.RemoveAsync(context.RequestAborted), context.RequestAborted));
    }

    private static IResult Written(HttpContext context, EntryAddress entry, WriteOutcome outcome)
    {
        context.Response.Headers["X-Cache-Key"] = entry.Key.Text;
        context.Response.Headers["X-Cache-Write"] = OutcomeName(outcome);
        return Results.NoContent();
    }

    private static string SourceName(EntrySource source) => source switch
    {
        EntrySource.Memory => "memory",
        EntrySource.Redis => "redis",
        EntrySource.Fallback => "fallback",
        EntrySource.None => "none",
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, null),
    };

    private static string OutcomeName(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Applied => "applied",
        WriteOutcome.Queued => "queued",
        WriteOutcome.Superseded => "superseded",
        WriteOutcome.NotStored => "not-stored",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}
