using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace CacheOrleans.Client.Serialization;

/// <summary>Decides which types several callers can share without seeing each other's changes, by the rule of
/// <c>HybridCache</c>.</summary>
internal static class SharedInstances
{
    /// <summary>Whether several callers may share one instance.</summary>
    /// <remarks>True for strings, for structs without references, and for types that are marked with
    /// <c>[ImmutableObject(true)]</c> and cannot have a derived type that is mutable.</remarks>
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
