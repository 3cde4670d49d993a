using System.Text;
using CacheOrleans.Keys;
using CacheOrleans.Loading;

namespace CacheOrleans.FirstSteps;

/// <summary>The fallback of the cache <c>user</c>: it runs when neither memory nor Redis has the value.</summary>
internal sealed class UserLoader(Users users) : ICacheLoader
{
    public async ValueTask<LoadResult> LoadAsync(CacheKey key, CancellationToken cancellationToken)
    {
        var name = await users.FindNameAsync(key.Parameters[0].Value, cancellationToken);
        return name is null ? LoadResult.NotFound : LoadResult.Found(Encoding.UTF8.GetBytes(name));
    }
}
