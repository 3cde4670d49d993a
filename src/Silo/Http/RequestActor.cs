namespace CacheOrleans.Silo.Http;

/// <summary>Identifies the caller of a request, as far as the host knows it.</summary>
internal static class RequestActor
{
    /// <summary>Returns the name of the request's key or, without a key, the caller's address; null if neither is
    /// known.</summary>
    public static string? Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return context.User.Identity?.Name
            ?? (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
    }
}
