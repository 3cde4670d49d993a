namespace CacheOrleans.Client.Decorator;

/// <summary>The decorator of an interface as implemented by one class.</summary>
internal static class ClassDecoratorTable<TService, TImplementation>
{
    public static Func<ICacheClient, TService, TService>? Decorate { get; set; }
}
