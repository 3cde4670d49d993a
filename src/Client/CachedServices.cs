using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using CacheOrleans.Client.Decorator;

namespace CacheOrleans.Client;

/// <summary>Where generated decorators make themselves known. Generated code calls it, applications do not.</summary>
/// <remarks>An assembly registers its decorators when it is initialized, each in a static field of its interface's:
/// none is looked for by name. Thread-safe.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CachedServices
{
    private const int MaxNameLength = 64;
    private const int HashLength = 16;

    /// <summary>Registers the decorator of an interface.</summary>
    public static void Register<TService>(Func<ICacheClient, TService, TService> decorate)
        where TService : class => DecoratorTable<TService>.Decorate = decorate;

    /// <summary>Registers the decorator of an interface where a class implements it.</summary>
    public static void Register<TService, TImplementation>(Func<ICacheClient, TService, TService> decorate)
        where TService : class
        where TImplementation : class, TService =>
        ClassDecoratorTable<TService, TImplementation>.Decorate = decorate;

    /// <summary>The name of a generic method's cache, one for each list of type arguments.</summary>
    /// <param name="name">The declared name, of 47 characters at most.</param>
    /// <param name="types">The type arguments.</param>
    /// <returns>The name, what fits of the first type's name, and 16 digits of a hash of all types' names.</returns>
    public static string NameOf(string name, params ReadOnlySpan<Type> types)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new StringBuilder();
        foreach (var type in types)
        {
            text.Append(CultureInfo.InvariantCulture, $"{type}, {type.Assembly.GetName().Name};");
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..HashLength];
        var room = Math.Max(0, MaxNameLength - name.Length - HashLength - 2);
        var shown = string.Concat(types[0].Name.Where(char.IsAsciiLetterOrDigit).Take(room));
        return shown.Length == 0 ? $"{name}.{hash}" : $"{name}.{shown}.{hash}";
    }

    /// <exception cref="InvalidOperationException">None was generated.</exception>
    internal static Func<ICacheClient, TService, TService> Find<TService, TImplementation>()
        where TService : class
        where TImplementation : class, TService
    {
        // An assembly of which nothing but an interface was used need not have been initialized yet.
        RuntimeHelpers.RunModuleConstructor(typeof(TImplementation).Module.ModuleHandle);
        RuntimeHelpers.RunModuleConstructor(typeof(TService).Module.ModuleHandle);
        return ClassDecoratorTable<TService, TImplementation>.Decorate
            ?? DecoratorTable<TService>.Decorate
            ?? throw new InvalidOperationException(Missing(typeof(TService), typeof(TImplementation)));
    }

    private static string Missing(Type service, Type implementation) => service.IsGenericType
        ? $"{service} is generic, and its decorator cannot register itself. Pass it: "
            + $"AddCached<{service.Name.Split('`')[0]}<…>, {implementation.Name}>(<decorator>.Decorate)."
        : $"No decorator was generated for {service}. Put [CacheWithFallback] on a method of it or of "
            + $"{implementation}; the project that declares it must refer to CacheOrleans.Client, whose generator "
            + "writes the decorator (docs/decorator.md).";
}
