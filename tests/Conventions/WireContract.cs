using System.Globalization;
using System.Reflection;

namespace CacheOrleans.Conventions;

/// <summary>What crosses the wire, read from the assemblies: grain interfaces, and serialized types.</summary>
internal static class WireContract
{
    private static readonly Assembly[] Assemblies =
    [
        typeof(Keys.CacheKey).Assembly,
        typeof(ICacheEntryGrain).Assembly,
        typeof(Grains.CacheOrleansBuilder).Assembly,
    ];

    private static IEnumerable<Type> Own => Assemblies
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.Namespace?.StartsWith("CacheOrleans", StringComparison.Ordinal) == true)
        .OrderBy(type => type.FullName, StringComparer.Ordinal);

    public static IEnumerable<Type> Interfaces =>
        Own.Where(type => type.IsInterface && type.IsAssignableTo(typeof(IAddressable)));

    public static IEnumerable<Type> Types =>
        Own.Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>() is not null);

    /// <summary>Returns this project's own types that grain methods take or return.</summary>
    public static IEnumerable<(MethodInfo Method, Type Type)> Carried =>
        from grain in Interfaces
        from method in grain.GetMethods()
        from type in method.GetParameters().Select(parameter => parameter.ParameterType)
            .Append(method.ReturnType)
            .SelectMany(Parts)
        where Assemblies.Contains(type.Assembly)
        where !type.IsInterface
        select (method, type);

    public static string Describe()
    {
        var blocks = Interfaces.Select(DescribeInterface).Concat(Types.Select(DescribeType));
        return string.Join("\n\n", blocks.Select(block => string.Join('\n', block))) + "\n";
    }

    public static string? Alias(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>()?.Alias;

    private static IEnumerable<string> DescribeInterface(Type type) => type.GetMethods()
        .Select(method => $"  {Alias(method)}({string.Join(", ", method.GetParameters().Select(Parameter))})"
            + $" -> {NameOf(method.ReturnType)}")
        .Order(StringComparer.Ordinal)
        .Prepend($"interface {Alias(type)}");

    private static IEnumerable<string> DescribeType(Type type) =>
        (type.IsEnum ? EnumMembers(type) : Members(type)).Prepend($"{(type.IsEnum ? "enum" : "type")} {Alias(type)}");

    private static IEnumerable<string> EnumMembers(Type type) => Enum.GetValues(type).Cast<object>().Select(value =>
        $"  {Convert.ToInt64(value, CultureInfo.InvariantCulture)} {value}");

    private static IEnumerable<string> Members(Type type) => type
        .GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .Select(member => (Id: member.GetCustomAttribute<IdAttribute>()?.Id, Member: member))
        .Where(found => found.Id is not null)
        .OrderBy(found => found.Id)
        .Select(found => $"  {found.Id} {found.Member.Name} : {NameOf(MemberType(found.Member))}");

    private static Type MemberType(MemberInfo member) =>
        member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;

    private static string Parameter(ParameterInfo parameter) => NameOf(parameter.ParameterType);

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;

    private static IEnumerable<Type> Parts(Type type) => type.IsGenericType
        ? type.GetGenericArguments().SelectMany(Parts).Append(type)
        : type.IsArray ? Parts(type.GetElementType()!) : [type];
}
