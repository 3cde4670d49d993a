using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace CacheOrleans.Silo.Security;

/// <summary>The key that changes and the dashboard need.</summary>
/// <remarks>Immutable. Only its hash is kept, and hashes are compared in constant time.</remarks>
internal sealed class ApiKey(string key)
{
    public const string HeaderName = "X-Api-Key";

    private readonly byte[] _hash = Hash(key);

    /// <summary>Whether a request carries the key, in its header or as the password of HTTP Basic, which is what a
    /// browser can send.</summary>
    public bool Matches(IHeaderDictionary headers) =>
        Matches(headers[HeaderName]) || (TryReadPassword(headers.Authorization, out var given) && Matches(given));

    private bool Matches(string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Hash(given), _hash);

    private static bool TryReadPassword(string? authorization, [NotNullWhen(true)] out string? password)
    {
        password = null;
        var bytes = new byte[authorization?.Length ?? 0];
        if (!AuthenticationHeaderValue.TryParse(authorization, out var header)
            || !header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            || !Convert.TryFromBase64String(header.Parameter ?? string.Empty, bytes, out var length))
        {
            return false;
        }

        var credentials = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = credentials.IndexOf(':', StringComparison.Ordinal);
        password = colon < 0 ? null : credentials[(colon + 1)..];
        return password is not null;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
