using System.Reflection;

namespace CacheOrleans.Client.Caches;

/// <summary>Whether keys are equal just when their texts are.</summary>
internal static class KeyEquality
{
    /// <summary>Equal values of these may have different texts, such as one moment in two time zones.</summary>
    private static readonly Type[] Loose =
    [
        typeof(DateTime), typeof(DateTimeOffset), typeof(decimal), typeof(double), typeof(float), typeof(Half),
        typeof(Uri),
    ];

    /// <summary>Whether equal keys of a type have one text; of a type that an application made, its own equality is
    /// relied on, but for the values that it has.</summary>
    public static bool IsOfTexts(Type type) => !IsLoose(type, []);

    private static bool IsLoose(Type type, HashSet<Type> seen)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return seen.Add(plain) && (Loose.Contains(plain)
            || plain.GetGenericArguments().Any(argument => IsLoose(argument, seen))
            || (!$"{plain.Namespace}.".StartsWith("System.", StringComparison.Ordinal)
                && plain.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    .Any(property => IsLoose(property.PropertyType, seen))));
    }
}
