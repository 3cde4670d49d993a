using System.Reflection;

namespace CacheOrleans.Client.Caches;

/// <summary>Decides whether keys of a type are equal exactly when their texts are equal.</summary>
internal static class KeyEquality
{
    /// <summary>Types whose equal values may have different texts, such as one moment in two time zones.</summary>
    private static readonly Type[] TypesWithSeveralTexts =
    [
        typeof(DateTime), typeof(DateTimeOffset), typeof(decimal), typeof(double), typeof(float), typeof(Half),
        typeof(Uri),
    ];

    /// <summary>Whether equal keys of a type always have the same text. The equality of an application's own type is
    /// trusted, but the types of its properties are checked.</summary>
    public static bool MatchesTexts(Type type) => !HasSeveralTexts(type, []);

    private static bool HasSeveralTexts(Type type, HashSet<Type> seen)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return seen.Add(plain) && (TypesWithSeveralTexts.Contains(plain)
            || plain.GetGenericArguments().Any(argument => HasSeveralTexts(argument, seen))
            || (!$"{plain.Namespace}.".StartsWith("System.", StringComparison.Ordinal)
                && plain.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    .Any(property => HasSeveralTexts(property.PropertyType, seen))));
    }
}
