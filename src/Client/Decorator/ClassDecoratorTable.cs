namespace CacheOrleans.Client.Decorator;

/// <summary>The decorator of an interface where one class implements it.</summary>
internal static class ClassDecoratorTable<TService, TImplementation>
{
    public static Func<ICacheClient, TService, TService>? Decorate { get; set; }
}
