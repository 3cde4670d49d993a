using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace CacheOrleans.Client.Serialization;

/// <summary>Which types cannot change in one caller's hands under another's: the rule of <c>HybridCache</c>.</summary>
internal static class SharedInstances
{
    /// <summary>Whether several callers may be given the same instance.</summary>
    /// <remarks>Strings, structs without references, and what promises it with
    /// <c>[ImmutableObject(true)]</c>, if no derived type can break the promise.</remarks>
    public static bool AreSafe<T>()
    {
        if (!RuntimeHelpers.IsReferenceOrContainsReferences<T>() || typeof(T) == typeof(string))
        {
            return true;
        }

        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        return (type.IsValueType || type is { IsClass: true, IsSealed: true })
            && type.GetCustomAttribute<ImmutableObjectAttribute>() is { Immutable: true };
    }
}
