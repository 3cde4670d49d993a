using System.Text.RegularExpressions;

namespace CacheOrleans.Alerts;

/// <summary>The secrets that are told by how they look.</summary>
/// <remarks>No pattern asks for a secret's end, for a text may have been cut within it.</remarks>
internal static class KnownForms
{
    private const string Slash = @"(?:\\?/|%(?:25)*2F)";

    private static readonly string[] Patterns =
    [
        // What follows a scheme of HTTP authentication, but a word that makes the scheme part of a sentence.
        @"\b(?:(?:bearer|basic|negotiate|ntlm|apikey)[ \t]+)+"
            + @"(?:(?:auth|authentication|authorization|scheme|tokens?|credentials?)[.,;:)""']*(?:\s|$)"
            + @"|[""']?(?<secret>[^\s""']+))",

        // Slack: an incoming webhook, a workflow's trigger; tokens.
        @"hooks\.slack(?:-gov)?\.com(?::[0-9]+)?" + Slash + "[a-z]+" + Slash + @"(?<secret>[^\s""'<>]+)",
        @"xox[a-z]-(?<secret>[\w.%-]+)",
        @"xapp-(?<secret>[\w.%-]+)",

        // A JSON Web Token: its header is an object, and '{"' in Base64 is 'eyJ'.
        @"eyJ[\w-]{5,}(?:\.[\w-]*)*",

        // A private key, up to five dashes.
        @"-----BEGIN [\w ]*PRIVATE KEY[\w ]*-----(?<secret>(?:-{0,4}[^-])*)",
    ];

    /// <summary>Made once in a process, for a linear expression takes long to make; they need no time limit, being
    /// linear.</summary>
    public static IReadOnlyList<ISecretFinder> Finders { get; } =
        [.. Patterns.Select(pattern => new SecretPattern(pattern, Regex.InfiniteMatchTimeout))];
}
