namespace CacheOrleans.Core.Tests.Alerts.Redaction;

/// <summary>A form in which secrets are found, as docs/alerts.md lists it.</summary>
/// <param name="What">What it is called.</param>
/// <param name="Text">An example, with § in the secret's place.</param>
/// <param name="Pieces">What the secret may be made of, beside letters and digits.</param>
/// <param name="NeedsEnd">Whether it is found only when the text goes on until after the secret.</param>
internal sealed record SecretForm(string What, string Text, string[] Pieces, bool NeedsEnd = false)
{
    /// <summary>The example with a secret in it.</summary>
    public string With(string secret) => Text.Replace("§", secret, StringComparison.Ordinal);

    public override string ToString() => Text;
}
