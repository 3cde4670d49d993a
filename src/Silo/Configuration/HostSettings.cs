namespace CacheOrleans.Silo.Configuration;

/// <summary>The settings that are in no section.</summary>
public sealed class HostSettings
{
    /// <summary>Where HTTP is served, as addresses with semicolons between them. Beyond loopback a key is required.
    /// </summary>
    /// <value>The default value is <c>http://localhost:8080</c>. Kestrel:Endpoints takes precedence.</value>
    public string Urls { get; set; } = ListenAddresses.Default;

    /// <summary>The environment, as in every program of .NET. It is in messages of alerts, and chooses
    /// <c>appsettings.{Environment}.json</c>.</summary>
    /// <value>The default value is <c>Production</c>.</value>
    public string Environment { get; set; } = Environments.Production;

    /// <summary>The folder with <c>appsettings.json</c>.</summary>
    /// <value>The default value is the folder of the program.</value>
    public string? ContentRoot { get; set; }

    /// <summary>Whether the caches of <c>samples/Catalog</c> are there.</summary>
    /// <value>The default value is <see langword="true"/> in Development while nothing stands under <c>Caches</c> or
    /// <c>ConnectionStrings</c>, and otherwise <see langword="false"/>.</value>
    public bool? Sample { get; set; }
}
