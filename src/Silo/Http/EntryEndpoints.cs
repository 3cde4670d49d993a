using System.Globalization;
using CacheOrleans.Silo.Security;

namespace CacheOrleans.Silo.Http;

/// <summary>Reads, describes, sets, removes and expires one entry.</summary>
internal static class EntryEndpoints
{
    public static void MapEntries(this IEndpointRouteBuilder app)
    {
        var entry = app.MapGroup("/api/caches/{name}/entry");
        entry.MapMethods(string.Empty, [HttpMethods.Get, HttpMethods.Head], GetAsync);
        entry.MapGet("/description", DescribeAsync);
        var changes = entry.MapGroup(string.Empty).RequireAuthorization(HttpAccess.Write);
        changes.MapPut(string.Empty, PutAsync);
        MapChange("DELETE", string.Empty, (owner, stopping) => owner.RemoveAsync(stopping));
        MapChange("POST", "/expire", (owner, stopping) => owner.ExpireAsync(stopping));

        void MapChange(
            string method, string path, Func<ICacheEntryGrain, CancellationToken, Task<WriteOutcome>> change) =>
            changes.MapMethods(
                path,
                [method],
                (string name, HttpContext context, EntryAddresses addresses, ClusterCall cluster) =>
                    ChangeAsync(name, context, addresses, cluster, change));
    }

    private static async Task<IResult> GetAsync(
        string name, HttpContext context, EntryAddresses addresses, ClusterCall cluster)
    {
        var entry = await addresses.FindAsync(name, context.Request.Query, context.RequestAborted);
        var answer = await cluster.RunAsync(
            entry, owner => owner.GetAsync(context.RequestAborted), context.RequestAborted);
        var headers = context.Response.Headers;
        headers["X-Cache"] = SourceName(answer.Source);
        headers["X-Cache-Key"] = entry.Key.Text;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'"; // a value may be a page with a script
        if (answer.Value is null)
        {
            return Results.Problem(
                $"Cache '{name}' has no value for '{entry.Key}'.", statusCode: StatusCodes.Status404NotFound);
        }

        headers.Age = ((long)answer.Age.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Results.Bytes(answer.Value, entry.Definition.ContentType);
    }

    private static async Task<EntryDescriptionView> DescribeAsync(
        string name, HttpContext context, EntryAddresses addresses, ClusterCall cluster)
    {
        var entry = await addresses.FindAsync(name, context.Request.Query, context.RequestAborted);
        return EntryDescriptionView.Of(
            await cluster.RunAsync(entry, owner => owner.DescribeAsync(), context.RequestAborted));
    }

    private static async Task<IResult> PutAsync(
        string name, HttpContext context, EntryAddresses addresses, EntryBody body, ClusterCall cluster)
    {
        var entry = await addresses.FindAsync(name, context.Request.Query, context.RequestAborted);
        var value = await body.ReadAsync(entry.Definition, context);
        return Written(
            context,
            entry,
            await cluster.RunAsync(
                entry,
                owner => owner.SetAsync(new CacheWrite(value), context.RequestAborted),
                context.RequestAborted));
    }

    private static async Task<IResult> ChangeAsync(
        string name,
        HttpContext context,
        EntryAddresses addresses,
        ClusterCall cluster,
        Func<ICacheEntryGrain, CancellationToken, Task<WriteOutcome>> change)
    {
        var entry = await addresses.FindAsync(name, context.Request.Query, context.RequestAborted);
        return Written(
            context,
            entry,
            await cluster.RunAsync(entry, owner => change(owner, context.RequestAborted), context.RequestAborted));
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
