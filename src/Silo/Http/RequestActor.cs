namespace CacheOrleans.Silo.Http;

/// <summary>Says who makes a request, as far as the host knows.</summary>
internal static class RequestActor
{
    /// <summary>Returns the name of the request's key, or else the address that it comes from; null if neither is
    /// known.</summary>
    public static string? Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return context.User.Identity?.Name
            ?? (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
    }
}
