using CacheOrleans.Silo.Security;
using CacheOrleans.Tags;

namespace CacheOrleans.Silo.Http;

/// <summary>Shows and ends tags.</summary>
internal static class TagEndpoints
{
    private const string NoResponse =
        "The silo that owns this tag does not respond, and no other silo has taken it over yet.";

    public static void MapTags(this IEndpointRouteBuilder app)
    {
        var tag = app.MapGroup("/api/tags/{**tag}");
        tag.MapGet(string.Empty, GetAsync);
        tag.MapDelete(string.Empty, DeleteAsync).RequireAuthorization(HttpAccess.Write);
    }

    private static async Task<TagView> GetAsync(
        string tag, IGrainFactory grains, CoordinatorCall call, CancellationToken cancellationToken)
    {
        var name = Read(tag);
        var owner = grains.GetGrain<ITagGrain>(name);
        return TagView.Of(name, await call.RunAsync(owner.GetVersionAsync, NoResponse, cancellationToken));
    }

    private static async Task<TagView> DeleteAsync(
        string tag, HttpContext context, IGrainFactory grains, CoordinatorCall call, ILogger<ITagGrain> logger)
    {
        var name = Read(tag);
        Log.TagEnded(logger, name, RequestActor.Of(context));
        var owner = grains.GetGrain<ITagGrain>(name);
        return TagView.Of(name, await call.RunAsync(owner.InvalidateAsync, NoResponse, context.RequestAborted));
    }

    /// <remarks>In a path, an escaped slash stays escaped when the rest is unescaped.</remarks>
    private static string Read(string text)
    {
        var tag = text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return CacheTags.Check(tag) is { } error
            ? throw new RequestProblemException(StatusCodes.Status400BadRequest, error)
            : tag;
    }
}
