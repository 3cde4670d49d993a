using Microsoft.CodeAnalysis;

namespace CacheOrleans.Generators;

/// <summary>Reads how a method is cached, and reports problems.</summary>
/// <param name="member">The interface's method.</param>
/// <param name="marked">The method with the attribute: the same method, or that of a class.</param>
/// <param name="problems">The collection to which problems are added.</param>
internal sealed class CachedMethodReader(IMethodSymbol member, IMethodSymbol marked, ICollection<Problem> problems)
{
    private readonly AttributeData _attribute = marked.Find(Attributes.CacheWithFallback)!;

    /// <summary>Reads the method. Returns null if it cannot be cached.</summary>
    public CachedMethod? Read()
    {
        if (!HasTask())
        {
            return null;
        }

        foreach (var parameter in marked.Parameters.Where(IsByReferenceOrStackOnly))
        {
            Report(Rules.Reference, SourceSpan.Of(parameter), parameter.Name);
        }

        return _attribute.ConstructorArguments.Length == 1
            ? Declared(_attribute.ConstructorArguments[0].Value as string ?? string.Empty)
            : new ExistingDefinitionReader(member, marked, problems).Read(_attribute);
    }

    private static bool IsByReferenceOrStackOnly(IParameterSymbol parameter) =>
        parameter.RefKind != RefKind.None
        || parameter.Type.IsRefLikeType
        || parameter.Type is ITypeParameterSymbol { AllowsRefLikeType: true }
        || parameter.Type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer;

    private bool HasTask()
    {
        if (marked.ReturnType is INamedTypeSymbol { Arity: 1 } type
            && type.OriginalDefinition.ToDisplayString() is
                "System.Threading.Tasks.Task<TResult>" or "System.Threading.Tasks.ValueTask<TResult>")
        {
            return true;
        }

        Report(Rules.ReturnType, SourceSpan.Of(marked), $"'{marked.Name}'", marked.ReturnType.ToDisplayString());
        return false;
    }

    private CachedMethod Declared(string name)
    {
        var span = SourceSpan.Of(_attribute, marked);
        var template = KeyTemplate.Parse(_attribute.Argument("Key") as string ?? name);
        var longest = Signatures.TypeArguments(member).Any() ? 47 : 64;
        foreach (var error in new[] { KeyTemplate.CheckName(name, longest), template.Error })
        {
            if (error is not null)
            {
                Report(Rules.NameOrKey, span, name, error);
            }
        }

        var version = _attribute.Argument("Version") as int? ?? 1;
        if (version < 1)
        {
            Report(Rules.Version, span, name, $"{version}");
        }

        var life = TimeToLive.Read(_attribute.Argument("TimeToLive") as string);
        if (life.Error is not null)
        {
            Report(Rules.TimeToLive, span, name, life.Error);
        }

        var key = template.Error is null ? Map(template, span) : [];
        var cache = new DeclaredCache(
            name,
            version,
            template.Text,
            life.Text,
            KeyType(key, marked.OriginalDefinition),
            Signatures.Plain(((INamedTypeSymbol)marked.OriginalDefinition.ReturnType).TypeArguments[0]),
            span);
        return new(member, cache, null, key, KeyType(key, member));
    }

    private static string KeyType(List<IParameterSymbol> key, IMethodSymbol method) =>
        Signatures.KeyType(key.Select(parameter => method.Parameters[parameter.Ordinal].Type));

    private List<IParameterSymbol> Map(KeyTemplate template, SourceSpan? span)
    {
        List<IParameterSymbol> key = [];
        foreach (var name in template.Names)
        {
            var filling = Parameters.OfKey(marked).Where(parameter => parameter.Fills(name)).ToList();
            key.AddRange(filling.Select(parameter => member.Parameters[parameter.Ordinal]));
            if (filling.Count == 0)
            {
                Report(Rules.NameWithoutParameter, span, template.Text, name, $"'{marked.Name}'");
            }
            else if (filling.Count > 1)
            {
                Report(Rules.Mapping, span, $"'{template.Text}'", $"several parameters fill '{name}'");
            }
        }

        CheckParameters(template, key);
        return key;
    }

    private void CheckParameters(KeyTemplate template, List<IParameterSymbol> key)
    {
        foreach (var parameter in marked.Parameters)
        {
            var span = SourceSpan.Of(parameter);
            if (parameter.MappedName() is { } mapped
                && (!template.Names.Contains(mapped) || parameter.Find(Attributes.NotInKey) is not null))
            {
                var why = $"it cannot fill '{mapped}' in the key '{template.Text}'";
                Report(Rules.Mapping, span, $"'{parameter.Name}'", why);
            }
            else if (key.Any(used => used.Ordinal == parameter.Ordinal))
            {
                if (Parameters.CheckKeyType(parameter.Type) is { } why)
                {
                    Report(Rules.KeyType, span, parameter.Name, parameter.Type.ToDisplayString(), why);
                }
            }
            else if (Parameters.OfKey(marked).Contains(parameter, SymbolEqualityComparer.Default))
            {
                Report(Rules.ParameterNotInKey, span, parameter.Name, template.Text);
            }
        }
    }

    private void Report(DiagnosticDescriptor rule, SourceSpan? span, params string[] arguments) =>
        problems.Add(Problem.At(rule, span, arguments));
}
