using Microsoft.CodeAnalysis;

namespace CacheOrleans.Generators;

/// <summary>Decides which members of an interface a decorator can forward.</summary>
internal static class Forwarding
{
    /// <summary>Returns why a member cannot be forwarded to an instance, or null if it can.</summary>
    /// <param name="member">The interface's member.</param>
    /// <param name="from">The assembly that the decorator is generated into.</param>
    public static string? Check(ISymbol member, IAssemblySymbol from) =>
        member is IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator or MethodKind.Conversion }
            ? "it is an operator"
        : member.IsStatic ? "it is static"
        : member is IMethodSymbol { IsVararg: true } ? "it takes __arglist"
        : IsProtected(member) || Accessors(member).Any(accessor => accessor.IsAbstract && IsProtected(accessor))
            ? "it is protected"
        : IsForeign(member, from) || Accessors(member).Any(accessor => IsForeign(accessor, from))
            ? "it is internal to another assembly"
        : null;

    /// <summary>Whether generated code may call a member or an accessor.</summary>
    public static bool IsCallable(ISymbol member, IAssemblySymbol from) =>
        !IsProtected(member) && !IsForeign(member, from);

    /// <summary>Returns the accessors of a property or an event; none for a method.</summary>
    public static IEnumerable<IMethodSymbol> Accessors(ISymbol member) => member switch
    {
        IPropertySymbol property => NotNull(property.GetMethod, property.SetMethod),
        IEventSymbol @event => NotNull(@event.AddMethod, @event.RemoveMethod),
        _ => [],
    };

    private static bool IsProtected(ISymbol member) =>
        member.DeclaredAccessibility is Accessibility.Protected or Accessibility.ProtectedAndInternal;

    private static bool IsForeign(ISymbol member, IAssemblySymbol from) =>
        member.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedOrInternal
        && !SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, from)
        && !member.ContainingAssembly.GivesAccessTo(from);

    private static IEnumerable<IMethodSymbol> NotNull(params IMethodSymbol?[] accessors) =>
        accessors.OfType<IMethodSymbol>();
}
