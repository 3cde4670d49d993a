using System.Globalization;

namespace CacheOrleans.Generators;

/// <summary>Writes a cached method and its definition.</summary>
/// <param name="method">The method.</param>
/// <param name="cache">The name of the method's definition in the decorator.</param>
internal sealed class CachedMethodWriter(CachedMethod method, string cache)
{
    private const string Definitions = "global::CacheOrleans.Definitions.CacheDefinition";

    private bool IsTask => method.Member.ReturnType.Name == "Task";

    private string Value => Signatures.Plain(method.Value);

    private string DefinitionType =>
        method.KeyType.Length == 0 ? $"{Definitions}<{Value}>" : $"{Definitions}<{method.KeyType}, {Value}>";

    /// <summary>Returns the source of the definition. A generic method's definition is in a type of its own, because
    /// there is one for each type argument. Returns nothing if the definition exists elsewhere.</summary>
    public IEnumerable<string> Definition()
    {
        if (method.Declared is not { } declared)
        {
            return [];
        }

        string[] summary =
        [
            $"/// <summary>The cache of <c>{method.Member.Name}</c>, for removing and setting its values.</summary>",
            .. Obsolescence.Of(method.Member),
        ];
        return method.Member.IsGenericMethod
            ? [
                .. summary,
                $"public static class {cache}{Signatures.List(method.Member.TypeParameters)}"
                    + Constraints.Of(method.Member.TypeParameters),
                "{",
                "    /// <summary>The definition.</summary>",
                $"    public static readonly {DefinitionType} Definition = {New(declared)};",
                "}",
            ]
            : [.. summary, $"public static readonly {DefinitionType} {cache} = {New(declared)};"];
    }

    /// <summary>Returns the source of the method. Its fallback is one static delegate for all calls: the arguments are
    /// passed to it as state.</summary>
    public IEnumerable<string> Method()
    {
        List<string> types = [Signatures.Of(method.Member.ContainingType)];
        types.AddRange(method.Arguments.Select(argument => Signatures.Of(argument.Type)));
        List<string> values = ["this._inner"];
        values.AddRange(method.Arguments.Select(argument => Signatures.Name(argument.Name)));
        var key = method.KeyType.Length == 0 ? "global::System.ValueTuple" : method.KeyType;
        yield return $"{DecoratorMembers.Head(method.Member)} =>";
        yield return $"    this._client.GetWithFallbackAsync<{key}, {Tuple(types)}, {Value}>(";
        yield return $"        {Reference()},";
        yield return $"        {Key()},";
        yield return $"        {Tuple(values)},";
        yield return $"        static (state, stopping) => {Load()},";
        yield return "        null,";
        var token = method.Token is { } given ? Signatures.Name(given.Name) : "default";
        yield return $"        {token}){(IsTask ? ".AsTask()" : string.Empty)}!;";
    }

    private static string Tuple(List<string> parts) => parts.Count == 1 ? parts[0] : $"({string.Join(", ", parts)})";

    private string Reference() => method.Named
        ?? (method.Member.IsGenericMethod
            ? $"{cache}{Signatures.List(method.Member.TypeParameters)}.Definition"
            : cache);

    private string Key()
    {
        List<string> names = [.. method.Key.Select(parameter => Signatures.Name(parameter.Name))];
        return names.Count == 0 ? "default" : Tuple(names);
    }

    private string Load()
    {
        var item = 1;
        var hasNoArguments = !method.Arguments.Any();
        var arguments = method.Member.Parameters.Select(parameter =>
            method.Arguments.Contains(parameter, Microsoft.CodeAnalysis.SymbolEqualityComparer.Default)
                ? $"state.Item{++item}"
                : "stopping").ToList();
        var call = $"{(hasNoArguments ? "state" : "state.Item1")}.{DecoratorMembers.Called(method.Member)}"
            + $"({string.Join(", ", arguments)})!";
        return IsTask
            ? $"new global::System.Threading.Tasks.ValueTask<{Signatures.Nullable(method.Value)}>({call})"
            : call;
    }

    private string New(DeclaredCache declared)
    {
        var types = string.Concat(
            Signatures.TypeArguments(method.Member).Select(type => $", typeof({Signatures.Plain(type)})"));
        var name = types.Length == 0
            ? Quote(declared.Name)
            : $"global::CacheOrleans.Client.CachedServices.NameOf({Quote(declared.Name)}{types})";
        var life = TimeToLive.Ticks(declared.TimeToLive).ToString(CultureInfo.InvariantCulture);
        return $"new({name}, {Quote(declared.Template)}, new global::System.TimeSpan({life}L)) "
            + $"{{ Version = {declared.Version.ToString(CultureInfo.InvariantCulture)} }}";
    }

    private static string Quote(string text) =>
        Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);
}
