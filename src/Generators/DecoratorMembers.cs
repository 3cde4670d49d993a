using Microsoft.CodeAnalysis;

namespace CacheOrleans.Generators;

/// <summary>Finds the members that a decorator implements, and writes those that are not cached and only forward calls.
/// </summary>
internal static class DecoratorMembers
{
    private const string Refused = "throw new global::System.NotSupportedException()";

    /// <summary>Returns all members of an interface and of those that it extends, including members with default
    /// implementations, which the instance may override.</summary>
    /// <param name="target">The interface.</param>
    /// <param name="from">The assembly that the decorator is generated into.</param>
    public static IEnumerable<ISymbol> Of(INamedTypeSymbol target, IAssemblySymbol from) =>
        new[] { target }.Concat(target.AllInterfaces)
            .SelectMany(type => type.GetMembers())
            .Where(IsKind)
            .Where(member => member.DeclaredAccessibility != Accessibility.Private)
            .Where(member => member.IsAbstract || (member is { IsVirtual: true, IsStatic: false }
                && Forwarding.IsCallable(member, from)));

    /// <summary>Returns the source of an implementation that only forwards to the instance.</summary>
    /// <param name="member">The interface's member.</param>
    /// <param name="target">The decorated interface: that of the member, or one that extends it.</param>
    /// <param name="from">The assembly that the decorator is generated into.</param>
    public static string Forward(ISymbol member, INamedTypeSymbol target, IAssemblySymbol from)
    {
        var type = Signatures.Of(member.ContainingType);
        var inner = SymbolEqualityComparer.Default.Equals(member.ContainingType, target)
            ? "this._inner"
            : $"(({type})this._inner)";
        return member switch
        {
            IMethodSymbol method => $"{Head(method)} => {Ref(method.RefKind)}{inner}.{Called(method)}"
                + $"({Signatures.Arguments(method.Parameters)});",
            IPropertySymbol property => Forward(property, type, inner, from),
            IEventSymbol @event => $"event {Signatures.Of(@event.Type)} {type}.{Signatures.Name(@event.Name)} "
                + $"{{ add => {inner}.{Signatures.Name(@event.Name)} += value; "
                + $"remove => {inner}.{Signatures.Name(@event.Name)} -= value; }}",
            _ => throw new InvalidOperationException($"{member.Kind} is not a member of an interface."),
        };
    }

    /// <summary>Returns a method's signature as an explicit implementation, which hides no other member and is not
    /// hidden.</summary>
    public static string Head(IMethodSymbol method)
    {
        var result = method.ReturnsVoid ? "void" : Signatures.Of(method.ReturnType);
        return $"{Returned(method.RefKind)}{result} {Signatures.Of(method.ContainingType)}.{Called(method)}"
            + $"({Signatures.Parameters(method.Parameters)}){Constraints.OfImplementation(method)}";
    }

    public static string Called(IMethodSymbol method) =>
        Signatures.Name(method.Name) + Signatures.List(method.TypeParameters);

    private static bool IsKind(ISymbol member) => member is IPropertySymbol or IEventSymbol
        or IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.UserDefinedOperator or MethodKind.Conversion };

    private static string Forward(IPropertySymbol property, string type, string inner, IAssemblySymbol from)
    {
        var name = property.IsIndexer
            ? $"this[{Signatures.Parameters(property.Parameters)}]"
            : Signatures.Name(property.Name);
        var used = property.IsIndexer
            ? $"{inner}[{Signatures.Arguments(property.Parameters)}]"
            : $"{inner}.{Signatures.Name(property.Name)}";
        var get = Accessor(property.GetMethod, "get", $"{Ref(property.RefKind)}{used}", from);
        var set = property.SetMethod is { IsInitOnly: true }
            ? Accessor(property.SetMethod, "init", Refused, from)
            : Accessor(property.SetMethod, "set", $"{used} = value", from);
        return $"{Returned(property.RefKind)}{Signatures.Of(property.Type)} {type}.{name} {{{get}{set} }}";
    }

    /// <remarks>A protected accessor has a default implementation, and only the instance's own code can call it.
    /// </remarks>
    private static string Accessor(IMethodSymbol? accessor, string keyword, string body, IAssemblySymbol from) =>
        accessor is null or { DeclaredAccessibility: Accessibility.Private } ? string.Empty
            : $" {keyword} => {(Forwarding.IsCallable(accessor, from) ? body : Refused)};";

    private static string Returned(RefKind kind) => kind switch
    {
        RefKind.None => string.Empty,
        RefKind.Ref => "ref ",
        _ => "ref readonly ",
    };

    private static string Ref(RefKind kind) => kind == RefKind.None ? string.Empty : "ref ";
}
