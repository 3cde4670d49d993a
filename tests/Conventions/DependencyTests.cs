using System.Reflection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Conventions;

/// <summary>A type depends on few others.</summary>
public sealed class DependencyTests
{
    private const int Limit = 4;

    /// <remarks>A dependency is a class, interface or delegate that a constructor takes. These are none: values, which
    /// are strings, arrays, structs, enums and records; options; the clock; loggers and their factory.</remarks>
    [Fact]
    public void Types_HaveFewDependencies() => Repository.AssertNone(
        $"The constructor of a class takes at most {Limit} services; with more, the class has two jobs.",
        from type in Types
        from constructor in type.GetConstructors(
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        let dependencies = constructor.GetParameters()
            .Select(parameter => parameter.ParameterType)
            .Where(IsDependency)
            .Select(dependency => dependency.Name)
            .ToList()
        where dependencies.Count > Limit
        select $"{type.FullName}: {string.Join(", ", dependencies)}");

    /// <summary>The classes of src that people have written and that are not records.</summary>
    private static IEnumerable<Type> Types =>
        from project in Repository.Projects
        where project.StartsWith("src/", StringComparison.Ordinal)
        let name = Path.GetFileNameWithoutExtension(project)
        where name != "CacheOrleans.Generators" // its classes live in the compiler
        from type in Assembly.Load(name).GetTypes()
        where type.IsClass && !IsRecord(type)
        where type.Namespace?.StartsWith("CacheOrleans", StringComparison.Ordinal) == true
        select type;

    private static bool IsDependency(Type type) => !(
        type.IsValueType || type.IsArray || type == typeof(string) || IsRecord(type)
        || type == typeof(TimeProvider)
        || type == typeof(ILoggerFactory) || typeof(ILogger).IsAssignableFrom(type)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IOptions<>))
        || type.Name.EndsWith("Options", StringComparison.Ordinal)
        || type.Name.EndsWith("Settings", StringComparison.Ordinal)
        || type.Name.EndsWith("Limits", StringComparison.Ordinal));

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;
}
