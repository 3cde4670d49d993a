namespace CacheOrleans.Silo.Http;

/// <summary>Says who makes a request, as far as the host knows.</summary>
internal static class RequestActor
{
    /// <summary>Returns the address that the request comes from, or null if it is not known.</summary>
    public static string? Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
    }
}
