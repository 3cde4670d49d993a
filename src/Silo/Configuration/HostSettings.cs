namespace CacheOrleans.Silo.Configuration;

/// <summary>The settings outside of sections.</summary>
public sealed class HostSettings
{
    /// <summary>The addresses at which HTTP is served, separated by semicolons. An address beyond loopback requires a
    /// key under <c>Http:Keys</c>.</summary>
    /// <value>The default value is <c>http://localhost:8080</c>. Kestrel:Endpoints takes precedence.</value>
    public string Urls { get; set; } = ListenAddresses.Default;

    /// <summary>The environment, as in every .NET program. Alert messages name it, and it selects
    /// <c>appsettings.{Environment}.json</c>.</summary>
    /// <value>The default value is <c>Production</c>.</value>
    public string Environment { get; set; } = Environments.Production;

    /// <summary>The folder with <c>appsettings.json</c>.</summary>
    /// <value>The default value is the folder of the program.</value>
    public string? ContentRoot { get; set; }

    /// <summary>Whether the host has the sample caches of <c>samples/Catalog</c>.</summary>
    /// <value>The default value is <see langword="true"/> in Development if nothing is configured under
    /// <c>Caches</c> and <c>ConnectionStrings</c>, otherwise <see langword="false"/>.</value>
    public bool? Sample { get; set; }
}
