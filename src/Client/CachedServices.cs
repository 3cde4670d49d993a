using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace CacheOrleans.Client;

/// <summary>Registers generated decorators. Generated code calls it; applications do not.</summary>
/// <remarks>An assembly registers its decorators when it is initialized. Each is stored in a static field of a type
/// that is generic over the interface, so no lookup by name is needed. Thread-safe.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CachedServices
{
    private const int MaxNameLength = 64;
    private const int HashLength = 16;

    /// <summary>Registers the decorator of an interface.</summary>
    public static void Register<TService>(Func<ICacheClient, TService, TService> decorate)
        where TService : class => Decorators<TService, TService>.Decorate = decorate;

    /// <summary>Registers the decorator of an interface as implemented by one class.</summary>
    public static void Register<TService, TImplementation>(Func<ICacheClient, TService, TService> decorate)
        where TService : class
        where TImplementation : class, TService =>
        Decorators<TService, TImplementation>.Decorate = decorate;

    /// <summary>Returns the name of a generic method's cache, which differs for each list of type arguments.</summary>
    /// <param name="name">The declared name, of at most 47 characters.</param>
    /// <param name="types">The type arguments.</param>
    /// <returns>The name, as much of the first type's name as fits, and 16 digits of a hash of all types'
    /// names.</returns>
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

    /// <exception cref="InvalidOperationException">No decorator was generated.</exception>
    internal static Func<ICacheClient, TService, TService> Find<TService, TImplementation>()
        where TService : class
        where TImplementation : class, TService
    {
        // An assembly may not be initialized yet when only an interface of it has been used.
        RuntimeHelpers.RunModuleConstructor(typeof(TImplementation).Module.ModuleHandle);
        RuntimeHelpers.RunModuleConstructor(typeof(TService).Module.ModuleHandle);
        return Decorators<TService, TImplementation>.Decorate
            ?? Decorators<TService, TService>.Decorate
            ?? throw new InvalidOperationException(Missing(typeof(TService), typeof(TImplementation)));
    }

    private static string Missing(Type service, Type implementation) => service.IsGenericType
        ? $"{service} is generic, so its decorator cannot register itself. Pass the decorator explicitly: "
            + $"AddCached<{service.Name.Split('`')[0]}<…>, {implementation.Name}>(<decorator>.Decorate)."
        : $"No decorator was generated for {service}. Put [CacheWithFallback] on one of its methods or of "
            + $"{implementation}'s. The project that declares the method must reference CacheOrleans.Client, whose "
            + "generator writes the decorator (docs/decorator.md).";

    /// <summary>The decorator of an interface as implemented by one class; of any implementation, if the class is the
    /// interface itself.</summary>
    private static class Decorators<TService, TImplementation>
    {
        public static Func<ICacheClient, TService, TService>? Decorate { get; set; }
    }
}
