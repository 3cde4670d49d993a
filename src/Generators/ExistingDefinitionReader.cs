using Microsoft.CodeAnalysis;

namespace CacheOrleans.Generators;

/// <summary>Finds the definition that an attribute names, and checks the method against its types.</summary>
/// <remarks>The definition's template is not known at compile time, so the method's parameters form the key in their
/// order.</remarks>
internal sealed class ExistingDefinitionReader(
    IMethodSymbol member, IMethodSymbol marked, ICollection<Problem> problems)
{
    public CachedMethod? Read(AttributeData attribute)
    {
        var span = SourceSpan.Of(attribute, marked);
        if (attribute.ConstructorArguments.Length != 2
            || attribute.ConstructorArguments[0].Value is not INamedTypeSymbol holder
            || attribute.ConstructorArguments[1].Value is not string name)
        {
            problems.Add(Problem.At(
                Rules.Definition, span, marked.Name, "a definition must be given as a type and the name of a member"));
            return null;
        }

        var text = $"{holder.ToDisplayString()}.{name}";
        var found = holder.GetMembers(name).FirstOrDefault(symbol =>
            symbol.IsStatic && symbol is IFieldSymbol or IPropertySymbol { GetMethod: not null });
        var type = Definition((found as IFieldSymbol)?.Type ?? (found as IPropertySymbol)?.Type);
        List<IParameterSymbol> key = [.. Parameters.OfKey(marked).Select(p => member.Parameters[p.Ordinal])];
        if (Check(attribute, found, type, key) is { } error)
        {
            problems.Add(Problem.At(Rules.Definition, span, text, error));
            return null;
        }

        var definition = $"{Signatures.Of(holder)}.{Signatures.Name(name)}";
        return new(member, null, definition, key, Signatures.Of(type!.TypeArguments[0]));
    }

    private string? Check(
        AttributeData attribute, ISymbol? found, INamedTypeSymbol? type, List<IParameterSymbol> key)
    {
        var value = ((INamedTypeSymbol)member.ReturnType).TypeArguments[0];
        return found is null ? "there is no such static field or property"
            : !Signatures.IsVisible(found) ? "generated code cannot access it; make it internal"
            : type is null ? "it is not a CacheDefinition<TKey, T>"
            : attribute.NamedArguments.Length > 0
                ? "the definition already has its key, time to live and version; remove the arguments"
            : Signatures.TypeArguments(member).Any()
                ? $"'{marked.Name}' has type parameters, which one definition cannot separate; declare a cache by name"
            : !SymbolEqualityComparer.Default.Equals(type.TypeArguments[1], value)
                ? $"its values are '{type.TypeArguments[1].ToDisplayString()}', and '{marked.Name}' returns "
                    + $"'{value.ToDisplayString()}'"
            : !IsKey(type.TypeArguments[0], key)
                ? $"its keys are '{type.TypeArguments[0].ToDisplayString()}', and those of '{marked.Name}' are "
                    + $"'{string.Join(", ", key.Select(parameter => parameter.Type.ToDisplayString()))}'"
            : null;
    }

    private static bool IsKey(ITypeSymbol type, List<IParameterSymbol> key)
    {
        ITypeSymbol[] parts = type is INamedTypeSymbol { IsTupleType: true } tuple
            ? [.. tuple.TupleElements.Select(element => element.Type)]
            : type.ToDisplayString() == "System.ValueTuple" ? [] : [type];
        return parts.SequenceEqual(key.Select(parameter => parameter.Type), SymbolEqualityComparer.Default);
    }

    private static INamedTypeSymbol? Definition(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type is INamedTypeSymbol { Arity: 2 } named
                && named.OriginalDefinition.ToDisplayString() == "CacheOrleans.Definitions.CacheDefinition<TKey, T>")
            {
                return named;
            }
        }

        return null;
    }
}
