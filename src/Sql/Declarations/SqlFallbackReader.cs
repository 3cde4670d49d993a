using System.Globalization;
using CacheOrleans.Definitions;
using CacheOrleans.Keys;
using CacheOrleans.Sql.Statements;
using Microsoft.Extensions.Configuration;

namespace CacheOrleans.Sql.Declarations;

/// <summary>Reads the fallbacks that are declared under <c>Caches:{name}:Fallback</c> in configuration.</summary>
internal sealed class SqlFallbackReader(IConfiguration configuration)
{
    private const string SectionName = "Fallback";
    private const int MaxMaxConcurrency = 1024;
    private static readonly string[] Settings = ["ConnectionString", "Sql", "Parameters", "Rows", "MaxConcurrency"];
    private readonly Dictionary<string, SqlSource> _sources = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InvalidOperationException">A setting is missing or wrong; the message has its path.</exception>
    public IReadOnlyList<SqlFallback> Read() =>
        [.. configuration.GetSection("Caches").GetChildren().Where(HasFallback).Select(ReadOne)];

    // An empty section counts: whoever wrote it expects a fallback.
    private static bool HasFallback(IConfigurationSection cache) =>
        cache.GetChildren().Any(child => child.Key.Equals(SectionName, StringComparison.OrdinalIgnoreCase));

    private SqlFallback ReadOne(IConfigurationSection cache)
    {
        var section = cache.GetSection(SectionName);
        try
        {
            CheckSettings(section);
            var source = ReadSource(section);
            var statement = ReadStatement(section, source.Dialect);
            var definition = new CacheDefinition(
                cache.Key,
                cache["Key"] ?? throw Invalid($"'{cache.Path}:Key' is missing"),
                CacheDefinition.MaxTimeToLive);
            CheckParameters(definition.Template, statement);
            return new(
                cache.Key,
                source,
                statement,
                ReadParameters(section.GetSection("Parameters"), definition.Template),
                ReadRows(section),
                ReadTimeout(cache, definition),
                ReadMaxConcurrency(section));
        }
        catch (ArgumentException exception)
        {
            throw new InvalidOperationException(
                $"Cache '{cache.Key}', {section.Path}: {exception.Message}", exception);
        }
    }

    private static void CheckSettings(IConfigurationSection section)
    {
        if (section.GetChildren().FirstOrDefault(child => !IsSetting(child.Key)) is { } unknown)
        {
            throw Invalid($"'{unknown.Path}' is no setting; there are {string.Join(", ", Settings)}. "
                + "The time limit is the cache's FallbackTimeout");
        }

        if (Settings[..2].FirstOrDefault(name => string.IsNullOrWhiteSpace(section[name])) is { } missing)
        {
            throw Invalid($"'{section.Path}:{missing}' is missing or empty");
        }
    }

    private SqlSource ReadSource(IConfigurationSection section)
    {
        var name = section["ConnectionString"]!;
        if (!_sources.TryGetValue(name, out var source))
        {
            var text = configuration.GetConnectionString(name);
            source = string.IsNullOrWhiteSpace(text)
                ? throw Invalid(
                    $"'{section.Path}:ConnectionString' names 'ConnectionStrings:{name}', which is not there")
                : SqlSource.Parse(name, text);
            _sources.Add(name, source);
        }

        return source;
    }

    private static SqlStatement ReadStatement(IConfigurationSection section, SqlDialect dialect)
    {
        try
        {
            return SqlStatement.Parse(section["Sql"]!, dialect);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException($"'{section.Path}:Sql': {exception.Message}.", exception);
        }
    }

    private static void CheckParameters(CacheKeyTemplate template, SqlStatement statement)
    {
        if (statement.Parameters.FirstOrDefault(name => !template.Parameters.Contains(name[1..])) is { } unknown
            || (unknown = statement.Parameters.FirstOrDefault(name => name[0] != '@')) is not null)
        {
            throw Invalid($"the SQL uses the parameter '{unknown}', which the key '{template}' does not have; "
                + $"it has {Names(template)}");
        }

        if (template.Parameters.FirstOrDefault(name => !statement.Parameters.Contains('@' + name)) is { } unused)
        {
            throw Invalid($"the SQL does not use the parameter '@{unused}' of the key '{template}'");
        }
    }

    private static string Names(CacheKeyTemplate template) => template.Parameters.IsEmpty
        ? "none"
        : string.Join(", ", template.Parameters.Select(name => $"'@{name}'"));

    private static SqlParameters ReadParameters(IConfigurationSection section, CacheKeyTemplate template)
    {
        var types = new Dictionary<string, SqlParameterType>();
        foreach (var (name, text) in section.GetChildren().Select(type => (type.Key, type.Value)))
        {
            if (!template.Parameters.Contains(name))
            {
                throw Invalid($"'{section.Path}:{name}' is for a parameter that the key '{template}' does not have; "
                    + $"it has {Names(template)}");
            }

            types.Add(name, Enum.GetValues<SqlParameterType>().Cast<SqlParameterType?>().FirstOrDefault(type =>
                type.ToString()!.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? throw Invalid(
                $"'{section.Path}:{name}' is one of text, integer, boolean, uuid, date; got '{text}'"));
        }

        return new(types);
    }

    private static SqlRows ReadRows(IConfigurationSection section) => section["Rows"] switch
    {
        null => SqlRows.One,
        var text when text.Equals(nameof(SqlRows.One), StringComparison.OrdinalIgnoreCase) => SqlRows.One,
        var text when text.Equals(nameof(SqlRows.Many), StringComparison.OrdinalIgnoreCase) => SqlRows.Many,
        var text => throw Invalid($"'{section.Path}:Rows' is One or Many; got '{text}'"),
    };

    private static int? ReadMaxConcurrency(IConfigurationSection section) => section["MaxConcurrency"] switch
    {
        null => null,
        var text when int.TryParse(text, CultureInfo.InvariantCulture, out var count)
            && count is >= 1 and <= MaxMaxConcurrency => count,
        var text => throw Invalid(
            $"'{section.Path}:MaxConcurrency' is a number from 1 to {MaxMaxConcurrency}; got '{text}'"),
    };

    private static TimeSpan ReadTimeout(IConfigurationSection cache, CacheDefinition definition)
    {
        const string Name = nameof(CacheDefinition.FallbackTimeout);
        if (cache[Name] is not { } text)
        {
            return definition.FallbackTimeout;
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var timeout)
            ? new CacheDefinition(cache.Key, definition.Template.Text, definition.TimeToLive)
            {
                FallbackTimeout = timeout,
            }.FallbackTimeout
            : throw Invalid($"'{cache.Path}:{Name}' is a time such as 00:00:30; got '{text}'");
    }

    private static bool IsSetting(string key) => Settings.Contains(key, StringComparer.OrdinalIgnoreCase);

    private static ArgumentException Invalid(string what) => new(what + ".");
}
