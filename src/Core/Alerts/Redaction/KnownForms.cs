using System.Text.RegularExpressions;

namespace CacheOrleans.Alerts;

/// <summary>The patterns of secrets that are recognized by their form.</summary>
/// <remarks>No pattern requires the end of a secret, because the text may have been cut within it.</remarks>
internal static class KnownForms
{
    private const string Slash = @"(?:\\?/|%(?:25)*2F)";

    private static readonly string[] Patterns =
    [
        // The text after a scheme of HTTP authentication, except a word that makes the scheme part of a sentence.
        @"\b(?:(?:bearer|basic|negotiate|ntlm|apikey)[ \t]+)+"
            + @"(?:(?:auth|authentication|authorization|scheme|tokens?|credentials?)[.,;:)""']*(?:\s|$)"
            + @"|[""']?(?<secret>[^\s""']+))",

        // Slack: the addresses of incoming webhooks and of workflow triggers; tokens.
        @"hooks\.slack(?:-gov)?\.com(?::[0-9]+)?" + Slash + "[a-z]+" + Slash + @"(?<secret>[^\s""'<>]+)",
        @"xox[a-z]-(?<secret>[\w.%-]+)",
        @"xapp-(?<secret>[\w.%-]+)",

        // A JSON Web Token: its header is an object, and '{"' in Base64 is 'eyJ'.
        @"eyJ[\w-]{5,}(?:\.[\w-]*)*",

        // A private key, up to the five dashes at its end.
        @"-----BEGIN [\w ]*PRIVATE KEY[\w ]*-----(?<secret>(?:-{0,4}[^-])*)",
    ];

    /// <summary>The finders of these secrets. They are created once per process, because a linear (non-backtracking)
    /// expression takes long to create; they need no time limit, because they are linear.</summary>
    public static IReadOnlyList<ISecretFinder> Finders { get; } =
        [.. Patterns.Select(pattern => new SecretPattern(pattern, Regex.InfiniteMatchTimeout))];
}
