namespace CacheOrleans.Client.Decorator;

/// <summary>The decorator of an interface, for any implementation.</summary>
internal static class DecoratorTable<TService>
{
    public static Func<ICacheClient, TService, TService>? Decorate { get; set; }
}
