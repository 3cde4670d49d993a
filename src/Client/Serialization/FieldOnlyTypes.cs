using System.Collections;
using System.Reflection;

namespace CacheOrleans.Client.Serialization;

/// <summary>Finds types that JSON would write as <c>{}</c>, such as tuples, because they have public fields and no
/// properties.</summary>
internal static class FieldOnlyTypes
{
    /// <summary>Whether a type is such a type, or contains one among its elements and properties, at any
    /// depth.</summary>
    public static bool IsIn(Type type) => IsIn(type, []);

    private static bool IsIn(Type type, HashSet<Type> seen)
    {
        if (type.IsPrimitive || type == typeof(string) || !seen.Add(type))
        {
            return false;
        }

        if (typeof(IEnumerable).IsAssignableFrom(type))
        {
            return type.GetInterfaces()
                .Append(type)
                .Where(item => item.IsGenericType && item.GetGenericTypeDefinition() == typeof(IEnumerable<>))
                .Any(item => IsIn(item.GetGenericArguments()[0], seen));
        }

        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        return properties.Length > 0
            ? properties.Any(property => IsIn(property.PropertyType, seen))
            : type.GetFields(BindingFlags.Public | BindingFlags.Instance).Length > 0;
    }
}
