using Microsoft.CodeAnalysis;

namespace CacheOrleans.Generators;

/// <summary>The diagnostics for decorated methods; docs/decorator.md explains each of them.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor NameWithoutParameter = Error(
        "CACHE001", "A name of the key has no parameter", "The key '{0}' has '{{{1}}}', and {2} has no such parameter");

    public static readonly DiagnosticDescriptor ParameterNotInKey = new(
        "CACHE002",
        "A parameter is not in the key",
        "'{0}' is not in the key '{1}': calls that differ only in it share an entry; add it, or mark it [NotInKey]",
        "CacheOrleans",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor ReturnType = Error(
        "CACHE003",
        "The return type cannot be cached",
        "{0} returns '{1}'; a cached method must return Task<T> or ValueTask<T>");

    public static readonly DiagnosticDescriptor Conflict = Error(
        "CACHE004",
        "A cache is declared twice",
        "Cache '{0}' is already declared with another {1}: '{2}' there, '{3}' here");

    public static readonly DiagnosticDescriptor TimeToLive = Error(
        "CACHE005", "The time to live is not allowed", "Cache '{0}': {1}");

    public static readonly DiagnosticDescriptor NameOrKey = Error(
        "CACHE006", "The name or the key is not allowed", "Cache '{0}': {1}");

    public static readonly DiagnosticDescriptor KeyType = Error(
        "CACHE007", "A parameter cannot be in a key", "'{0}' is a '{1}', which cannot be in a key: {2}");

    public static readonly DiagnosticDescriptor Reference = Error(
        "CACHE008",
        "A parameter cannot be kept",
        "'{0}' is passed by reference or lives on the stack, and a fallback cannot keep it");

    public static readonly DiagnosticDescriptor Undecorated = Error(
        "CACHE009", "The method cannot be decorated", "{0} cannot be cached: {1}");

    public static readonly DiagnosticDescriptor Definition = Error(
        "CACHE010", "The definition does not fit", "'{0}': {1}");

    public static readonly DiagnosticDescriptor Version = Error(
        "CACHE011", "The version is not allowed", "Cache '{0}': a version must be 1 or more; got {1}");

    public static readonly DiagnosticDescriptor Mapping = Error(
        "CACHE012", "The mapping is not clear", "{0}: {1}");

    private static readonly Dictionary<string, DiagnosticDescriptor> ById = new DiagnosticDescriptor[]
    {
        NameWithoutParameter, ParameterNotInKey, ReturnType, Conflict, TimeToLive, NameOrKey, KeyType, Reference,
        Undecorated, Definition, Version, Mapping,
    }.ToDictionary(rule => rule.Id);

    public static DiagnosticDescriptor Of(string id) => ById[id];

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "CacheOrleans", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
