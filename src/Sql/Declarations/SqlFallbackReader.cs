using System.ComponentModel.DataAnnotations;
using CacheOrleans.Definitions;
using CacheOrleans.Keys;
using CacheOrleans.Settings;
using CacheOrleans.Sql.Statements;
using Microsoft.Extensions.Configuration;

namespace CacheOrleans.Sql.Declarations;

/// <summary>Reads the fallbacks that are declared under <c>Caches:{name}:Fallback</c> in configuration.</summary>
internal sealed class SqlFallbackReader(IConfiguration configuration)
{
    private readonly Dictionary<string, SqlSource> _sources = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InvalidOperationException">A setting is missing or wrong; the message has its path.</exception>
    public IReadOnlyList<SqlFallback> Read() =>
        [.. configuration.GetSection("Caches").GetChildren().Where(HasFallback).Select(ReadOne)];

    // An empty section counts too: its author expects a fallback.
    private static bool HasFallback(IConfigurationSection cache) =>
        cache.GetChildren().Any(
            child => child.Key.Equals(SqlFallbackSettings.SectionName, StringComparison.OrdinalIgnoreCase));

    private SqlFallback ReadOne(IConfigurationSection cache)
    {
        var path = $"{cache.Path}:{SqlFallbackSettings.SectionName}";
        try
        {
            var settings = ReadSettings(path);
            var source = ReadSource(path, settings.ConnectionString!);
            var statement = ReadStatement(path, settings.Sql!, source.Dialect);
            var definition = new CacheDefinition(
                cache.Key,
                cache["Key"] ?? throw Invalid($"'{cache.Path}:Key' is missing"),
                CacheDefinition.MaxTimeToLive);
            CheckParameters(definition.Template, statement);
            return new(
                cache.Key,
                source,
                statement,
                ReadParameters($"{path}:{nameof(settings.Parameters)}", settings.Parameters, definition.Template),
                settings.Rows,
                ReadTimeout(cache, definition),
                settings.MaxConcurrency);
        }
        catch (Exception exception)
            when (exception is ArgumentException or FormatException or InvalidOperationException)
        {
            throw new InvalidOperationException($"Cache '{cache.Key}', {path}: {exception.Message}", exception);
        }
    }

    private SqlFallbackSettings ReadSettings(string path)
    {
        var settings = new SqlFallbackSettings();
        configuration.BindStrictly(path, settings);
        var errors = new List<ValidationResult>();
        return Validator.TryValidateObject(settings, new ValidationContext(settings), errors, true)
            ? settings
            : throw new ArgumentException(
                string.Join(" ", errors.Select(error => SettingName.Complete(path, error.ErrorMessage!))));
    }

    private SqlSource ReadSource(string path, string name)
    {
        if (!_sources.TryGetValue(name, out var source))
        {
            var text = configuration.GetConnectionString(name);
            source = string.IsNullOrWhiteSpace(text)
                ? throw Invalid(
                    $"'{path}:ConnectionString' names 'ConnectionStrings:{name}', which does not exist")
                : SqlSource.Parse(name, text);
            _sources.Add(name, source);
        }

        return source;
    }

    private static SqlStatement ReadStatement(string path, string sql, SqlDialect dialect)
    {
        try
        {
            return SqlStatement.Parse(sql, dialect);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException($"'{path}:Sql': {exception.Message}.", exception);
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

    private static SqlParameters ReadParameters(
        string path, IDictionary<string, SqlParameterType> types, CacheKeyTemplate template) =>
        types.Keys.FirstOrDefault(name => !template.Parameters.Contains(name)) is { } unknown
            ? throw Invalid($"'{path}:{unknown}' is for a parameter that the key '{template}' does not have; it has "
                + Names(template))
            : new(types);

    /// <remarks>Only the timeout is read here; the cache's other settings are read where the cache is declared.
    /// </remarks>
    private static TimeSpan ReadTimeout(IConfigurationSection cache, CacheDefinition definition)
    {
        const string Name = nameof(CacheDefinition.FallbackTimeout);
        try
        {
            return cache[Name] is not { } text
                ? definition.FallbackTimeout
                : new CacheDefinition(cache.Key, definition.Template.Text, definition.TimeToLive)
                {
                    FallbackTimeout = Duration.Parse(text),
                }.FallbackTimeout;
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{cache.Path}:{Name}: {exception.Message}", exception);
        }
    }

    private static ArgumentException Invalid(string what) => new(what + ".");
}
