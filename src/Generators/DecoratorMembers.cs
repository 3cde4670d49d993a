using Microsoft.CodeAnalysis;

namespace CacheOrleans.Generators;

/// <summary>The members that a decorator implements, and how those that are not cached are passed on.</summary>
internal static class DecoratorMembers
{
    /// <summary>All of an interface and of those it extends, also those with bodies: the instance may have its
    /// own.</summary>
    public static IEnumerable<ISymbol> Of(INamedTypeSymbol target) => new[] { target }.Concat(target.AllInterfaces)
        .SelectMany(type => type.GetMembers())
        .Where(member => member.IsAbstract || (member.IsVirtual && !IsOutOfReach(member)))
        .Where(member => member is IMethodSymbol { MethodKind: MethodKind.Ordinary } or IPropertySymbol or IEventSymbol)
        .Where(member => member.DeclaredAccessibility != Accessibility.Private);

    /// <summary>Whether nothing can be passed on to it, as there is no instance or no right to call it.</summary>
    public static bool IsOutOfReach(ISymbol member) => member.IsStatic
        || member.DeclaredAccessibility is Accessibility.Protected or Accessibility.ProtectedAndInternal;

    /// <summary>The member's implementation, which does nothing of its own.</summary>
    public static string Pass(ISymbol member, INamedTypeSymbol target)
    {
        var type = Signatures.Of(member.ContainingType);
        var inner = SymbolEqualityComparer.Default.Equals(member.ContainingType, target)
            ? "this._inner"
            : $"(({type})this._inner)";
        return member switch
        {
            IMethodSymbol method => $"{Head(method)} => {Ref(method.RefKind)}{inner}.{Called(method)}"
                + $"({Signatures.Arguments(method.Parameters)});",
            IPropertySymbol property => Pass(property, type, inner),
            IEventSymbol happening => $"event {Signatures.Of(happening.Type)} {type}.{Signatures.Name(happening.Name)} "
                + $"{{ add => {inner}.{Signatures.Name(happening.Name)} += value; "
                + $"remove => {inner}.{Signatures.Name(happening.Name)} -= value; }}",
            _ => throw new InvalidOperationException($"{member.Kind} is no member of an interface."),
        };
    }

    /// <summary>A method's signature as an explicit implementation, which hides nothing and is not hidden.</summary>
    public static string Head(IMethodSymbol method)
    {
        var result = method.ReturnsVoid ? "void" : Signatures.Of(method.ReturnType);
        return $"{Returned(method.RefKind)}{result} {Signatures.Of(method.ContainingType)}.{Called(method)}"
            + $"({Signatures.Parameters(method.Parameters)}){Constraints.OfImplementation(method)}";
    }

    public static string Called(IMethodSymbol method) =>
        Signatures.Name(method.Name) + Signatures.List(method.TypeParameters);

    private static string Pass(IPropertySymbol property, string type, string inner)
    {
        var name = property.IsIndexer
            ? $"this[{Signatures.Parameters(property.Parameters)}]"
            : Signatures.Name(property.Name);
        var used = property.IsIndexer
            ? $"{inner}[{Signatures.Arguments(property.Parameters)}]"
            : $"{inner}.{Signatures.Name(property.Name)}";
        var get = property.GetMethod is null ? string.Empty : $" get => {Ref(property.RefKind)}{used};";
        var set = property.SetMethod is null ? string.Empty
            : property.SetMethod.IsInitOnly ? " init => throw new global::System.NotSupportedException();"
            : $" set => {used} = value;";
        return $"{Returned(property.RefKind)}{Signatures.Of(property.Type)} {type}.{name} {{{get}{set} }}";
    }

    private static string Returned(RefKind kind) => kind switch
    {
        RefKind.None => string.Empty,
        RefKind.Ref => "ref ",
        _ => "ref readonly ",
    };

    private static string Ref(RefKind kind) => kind == RefKind.None ? string.Empty : "ref ";
}
