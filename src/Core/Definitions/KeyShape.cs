using System.Reflection;
using System.Runtime.CompilerServices;
using CacheOrleans.Keys;

namespace CacheOrleans.Definitions;

/// <summary>Converts a typed key to the values of a template's parameters.</summary>
internal sealed class KeyShape<TKey>
    where TKey : notnull
{
    private readonly Func<TKey, object?[]> _values;

    private KeyShape(Func<TKey, object?[]> values) => _values = values;

    /// <exception cref="ArgumentException">The type does not fit the template.</exception>
    public static KeyShape<TKey> Of(CacheDefinition definition)
    {
        var parameters = definition.Template.Parameters;
        if (typeof(ITuple).IsAssignableFrom(typeof(TKey)))
        {
            var length = TupleLength(typeof(TKey));
            return length == parameters.Length
                ? new(key => Items((ITuple)key))
                : throw Misfit(definition, $"it has {length} values");
        }

        if (IsSingle)
        {
            return parameters.Length == 1
                ? new(key => [key])
                : throw Misfit(definition, "it is a single value");
        }

        var properties = typeof(TKey)
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property is { CanRead: true } && property.GetIndexParameters().Length == 0)
            .ToDictionary(property => Plain(property.Name), StringComparer.OrdinalIgnoreCase);
        var missing = parameters.FirstOrDefault(name => !properties.ContainsKey(Plain(name)));
        if (missing is not null)
        {
            throw Misfit(definition, $"it has no property for '{missing}'");
        }

        if (properties.Count > parameters.Length)
        {
            var extra = properties.Keys.First(name => !parameters.Any(parameter => IsSame(parameter, name)));
            throw Misfit(
                definition,
                $"its property '{properties[extra].Name}' is not a parameter of the template, and keys that differ "
                    + "only in this property would share an entry");
        }

        PropertyInfo[] ordered = [.. parameters.Select(name => properties[Plain(name)])];
        return new(key => [.. ordered.Select(property => property.GetValue(key))]);
    }

    public CacheKey Key(CacheDefinition definition, int version, TKey key) =>
        definition.VersionedKey(version, _values(key)!);

    private static bool IsSingle =>
        typeof(IFormattable).IsAssignableFrom(typeof(TKey)) || typeof(IConvertible).IsAssignableFrom(typeof(TKey));

    private static int TupleLength(Type tuple)
    {
        var types = tuple.GetGenericArguments();
        return types.Length == 8 ? 7 + TupleLength(types[7]) : types.Length;
    }

    private static object?[] Items(ITuple tuple)
    {
        var values = new object?[tuple.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = tuple[i];
        }

        return values;
    }

    private static string Plain(string name) => name.Replace("_", string.Empty, StringComparison.Ordinal);

    private static bool IsSame(string parameter, string plain) =>
        string.Equals(Plain(parameter), plain, StringComparison.OrdinalIgnoreCase);

    private static ArgumentException Misfit(CacheDefinition definition, string why) => new(
        $"Cache '{definition.Name}': a key of type {typeof(TKey)} does not fit '{definition.Template}': {why}.");
}
