namespace CacheOrleans.Core.Tests.Alerts.Redaction;

/// <summary>A form in which secrets are found, as docs/alerts.md lists it.</summary>
/// <param name="What">The name of the form.</param>
/// <param name="Text">An example, with § in place of the secret.</param>
/// <param name="Pieces">What the secret may contain besides letters and digits.</param>
/// <param name="NeedsEnd">Whether the secret is found only when the text continues after it.</param>
internal sealed record SecretForm(string What, string Text, string[] Pieces, bool NeedsEnd = false)
{
    /// <summary>The example with a secret in it.</summary>
    public string With(string secret) => Text.Replace("§", secret, StringComparison.Ordinal);

    public override string ToString() => Text;
}
