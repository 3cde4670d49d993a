using Microsoft.CodeAnalysis;

namespace CacheOrleans.Generators;

/// <summary>Reads a type with cached methods.</summary>
internal static class DecoratedTypeReader
{
    /// <summary>Returns the output for the type of a marked method; null for all but the first marked method of a type,
    /// because a type is read only once.</summary>
    public static DecoratedType? Read(IMethodSymbol method)
    {
        // The attribute may be on either part of a partial method; the type's members contain the first.
        method = method.PartialDefinitionPart ?? method;
        var type = method.ContainingType;
        List<IMethodSymbol> marked = [.. Methods(type).Where(IsMarked)];
        if (marked.Contains(method, SymbolEqualityComparer.Default))
        {
            // The compiler gives no source location for the accessors of an event without bodies.
            var first = marked.Find(IsPlain) ?? marked[0];
            return SymbolEqualityComparer.Default.Equals(first, method) ? Read(type, marked) : null;
        }

        // The method is a local function or a lambda.
        return new(new([]), new(Check(method, type)), new([]));
    }

    private static DecoratedType Read(INamedTypeSymbol type, List<IMethodSymbol> marked)
    {
        HashSet<Problem> problems = [.. marked.SelectMany(found => Check(found, type))];
        List<Decorator> decorators = problems.Count > 0 ? [] : [.. Targets(type).Select(target =>
            Read(type, target, problems))];
        return new(
            new(problems.Any(problem => problem.IsError) ? [] : decorators.Select(DecoratorWriter.Write)),
            new(problems),
            new(decorators.SelectMany(decorator => decorator.Cached)
                .Select(cached => cached.Declared)
                .OfType<DeclaredCache>()
                .Where(cache => cache.Span is not null)
                .Distinct()));
    }

    private static IEnumerable<Problem> Check(IMethodSymbol method, INamedTypeSymbol type)
    {
        var why = !IsPlain(method)
                ? "only methods can be cached, not accessors, operators, local functions or lambdas"
            : method.IsStatic ? "it is static, and there is no instance to decorate"
            : !Signatures.IsVisible(type) ? $"generated code cannot see '{type.ToDisplayString()}'; make it internal"
            : type.TypeKind is not (TypeKind.Interface or TypeKind.Class)
                ? "only methods of classes and interfaces can be decorated"
            : type.TypeKind == TypeKind.Class && !Implemented(method, type).Any()
                ? $"'{type.ToDisplayString()}' does not implement any interface's method with it"
            : type.TypeKind == TypeKind.Interface
                && !DecoratorMembers.Of(type, type.ContainingAssembly).Contains(method, SymbolEqualityComparer.Default)
                ? "it is private, sealed or an explicit implementation, so a decorator cannot implement it"
            : CheckMembers(type) ?? (type.TypeKind == TypeKind.Class ? CheckTargets(type) : null);
        var name = method.CanBeReferencedByName ? method.Name : method.ToDisplayString();
        return why is null ? [] : [Problem.At(Rules.Undecorated, SourceSpan.Of(method), $"'{name}'", why)];
    }

    private static string? CheckMembers(INamedTypeSymbol type)
    {
        var from = type.ContainingAssembly;
        foreach (var member in Targets(type).SelectMany(target => DecoratorMembers.Of(target, from)))
        {
            if (Forwarding.Check(member, from) is { } why)
            {
                return $"a decorator cannot forward '{member.ToDisplayString()}': {why}";
            }
        }

        return null;
    }

    private static string? CheckTargets(INamedTypeSymbol type)
    {
        List<INamedTypeSymbol> targets = [.. Targets(type)];
        return targets.Find(target => Signatures.AllParameters(type).Any(own => !Mentions(target, own))) is { } plain
                ? $"'{type.ToDisplayString()}' has type parameters that '{plain.ToDisplayString()}' does not have, so "
                    + "that all type arguments would share one cache"
            : targets.GroupBy(target => Decorator.Path(target, target.Name))
                .FirstOrDefault(one => one.Count() > 1) is { } alike
                ? $"'{type.ToDisplayString()}' implements several interfaces '{alike.Key}', and their decorators would "
                    + "have the same name"
            : null;
    }

    private static bool Mentions(ITypeSymbol type, ITypeParameterSymbol parameter) =>
        SymbolEqualityComparer.Default.Equals(type, parameter)
        || (type is IArrayTypeSymbol array && Mentions(array.ElementType, parameter))
        || (type is INamedTypeSymbol named
            && (named.TypeArguments.Any(argument => Mentions(argument, parameter))
                || (named.ContainingType is { } outer && Mentions(outer, parameter))));

    /// <summary>Returns the interfaces to decorate: the type itself, or each interface of a class that has a cached
    /// method.</summary>
    private static IEnumerable<INamedTypeSymbol> Targets(INamedTypeSymbol type) => type.TypeKind == TypeKind.Interface
        ? [type]
        : type.AllInterfaces.Where(target => Signatures.IsVisible(target)
            && DecoratorMembers.Of(target, type.ContainingAssembly).OfType<IMethodSymbol>()
            .Any(member => type.FindImplementationForInterfaceMember(member) is IMethodSymbol method
                && Owns(type, method)
                && IsMarked(method)));

    private static Decorator Read(INamedTypeSymbol type, INamedTypeSymbol target, HashSet<Problem> problems)
    {
        List<CachedMethod> cached = [];
        foreach (var member in DecoratorMembers.Of(target, type.ContainingAssembly).OfType<IMethodSymbol>())
        {
            if (Marked(type, member) is { } marked
                && new CachedMethodReader(member, marked, problems).Read() is { } method)
            {
                cached.Add(method);
            }
        }

        return new(target, type.TypeKind == TypeKind.Interface ? null : type, cached);
    }

    /// <summary>Returns the method whose attribute applies to a member: the class's own has precedence over the
    /// interface's.</summary>
    private static IMethodSymbol? Marked(INamedTypeSymbol type, IMethodSymbol member) =>
        type.TypeKind == TypeKind.Class
        && type.FindImplementationForInterfaceMember(member) is IMethodSymbol method
        && IsMarked(method)
            ? method
            : IsMarked(member) ? member : null;

    private static IEnumerable<IMethodSymbol> Implemented(IMethodSymbol method, INamedTypeSymbol type) =>
        type.AllInterfaces.SelectMany(Methods).Where(member =>
            SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), method));

    private static bool IsPlain(IMethodSymbol method) =>
        method.MethodKind is MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation;

    private static IEnumerable<IMethodSymbol> Methods(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IMethodSymbol>();

    private static bool IsMarked(IMethodSymbol method) => method.Find(Attributes.CacheWithFallback) is not null;

    private static bool Owns(INamedTypeSymbol type, IMethodSymbol method) =>
        SymbolEqualityComparer.Default.Equals(method.ContainingType, type);
}
