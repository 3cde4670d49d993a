using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using CacheOrleans.Silo.Configuration;

namespace CacheOrleans.Silo.Security;

/// <summary>The keys of the HTTP API.</summary>
/// <remarks>Immutable. Only hashes are kept, and they are compared in constant time.</remarks>
internal sealed class ApiKeys
{
    private readonly (byte[] Hash, ClaimsPrincipal Owner)[] _keys;

    private ApiKeys(IEnumerable<(byte[] Hash, ClaimsPrincipal Owner)> keys) => _keys = [.. keys];

    /// <summary>Whether there is a key.</summary>
    public bool Any => _keys.Length > 0;

    public static ApiKeys Of(HttpSettings settings) => new(
        from key in settings.Keys
        let claims = new Claim[]
        {
            new(ClaimTypes.Name, key.Key),
            new(ClaimTypes.Role, HttpAccess.NameOf(key.Value.Role!.Value)),
        }
        select (Hash(key.Value.Key!), new ClaimsPrincipal(new ClaimsIdentity(claims, ApiKeyHandler.SchemeName))));

    /// <summary>Returns the owner of a key; null if the key is unknown.</summary>
    public ClaimsPrincipal? Find(string given)
    {
        var hash = Hash(given);
        ClaimsPrincipal? owner = null;
        foreach (var key in _keys)
        {
            // All keys are compared, so that the time taken does not reveal which one came close.
            owner = CryptographicOperations.FixedTimeEquals(hash, key.Hash) ? key.Owner : owner;
        }

        return owner;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
