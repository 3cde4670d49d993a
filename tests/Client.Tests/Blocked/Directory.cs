using System.Globalization;

namespace CacheOrleans.Client.Tests.Blocked;

/// <summary>Continues in the context in which it was called, if there is one.</summary>
public sealed class Directory : IDirectory
{
    public async ValueTask<string> FindAsync(int id) => await LineAsync(id);

    public async Task<string> LineAsync(int id)
    {
        await Task.Yield();
        return id.ToString(CultureInfo.InvariantCulture);
    }
}
