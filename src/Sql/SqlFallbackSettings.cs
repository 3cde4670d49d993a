using System.ComponentModel.DataAnnotations;

namespace CacheOrleans.Sql;

/// <summary>A fallback declared as SQL, under <c>Caches:{name}:Fallback</c> in configuration.</summary>
public sealed class SqlFallbackSettings
{
    /// <summary>The section, within each cache's section, that these settings are read from.</summary>
    public const string SectionName = "Fallback";

    /// <summary>The name under <c>ConnectionStrings</c> of the database's connection string.</summary>
    /// <value>Required.</value>
    [Required(ErrorMessage = "The {0} field is missing or empty.")]
    public string? ConnectionString { get; set; }

    /// <summary>The query. Its parameters are those of the cache's key: <c>@code</c> for <c>{code}</c>.</summary>
    /// <value>Required.</value>
    [Required(ErrorMessage = "The {0} field is missing or empty.")]
    public string? Sql { get; set; }

    /// <summary>The types of the parameters, by their names: text, integer, boolean, uuid or date.</summary>
    /// <value>The default value is empty: all are text.</value>
    public IDictionary<string, SqlParameterType> Parameters { get; } = new Dictionary<string, SqlParameterType>();

    /// <summary>The shape of the value.</summary>
    /// <value>The default value is <c>One</c>: one row is an object, several are an array. <c>Many</c>: always an
    /// array.</value>
    public SqlRows Rows { get; set; }

    /// <summary>How many of the cache's statements may run at once.</summary>
    /// <value>The default value is a quarter of the database's limit; 1 to 1024.</value>
    [Range(1, 1024)]
    public int? MaxConcurrency { get; set; }
}
