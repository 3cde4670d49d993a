namespace CacheOrleans.Silo.Http;

/// <summary>Serves a page of links at the root, for people who open the host's address in a browser.</summary>
internal static class IndexEndpoint
{
    private const string Page = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <title>CacheOrleans</title>
        <h1>CacheOrleans</h1>
        <ul>
          <li><a href="/api/caches">Caches and their counters</a></li>
          <li><a href="/api/breaker">The circuit breaker around Redis</a></li>
          <li><a href="/api/alerts">Alerts</a></li>
          <li><a href="/api/silos">Silos</a></li>
          <li><a href="/dashboard">Orleans dashboard</a></li>
          <li><a href="/metrics">Metrics</a></li>
          <li><a href="/healthz/live">Alive</a>, <a href="/healthz/ready">ready</a></li>
        </ul>
        </html>
        """;

    public static void MapIndex(this IEndpointRouteBuilder app) =>
        app.MapGet("/", () => Results.Text(Page, "text/html; charset=utf-8"));
}
