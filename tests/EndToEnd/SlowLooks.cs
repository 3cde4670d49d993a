using System.Runtime.CompilerServices;
using CacheOrleans.Testing;

namespace CacheOrleans.EndToEnd;

/// <summary>Makes Eventually poll less often here, because each poll is a request to another, busy process.</summary>
internal static class SlowLooks
{
    [ModuleInitializer]
    internal static void Begin() => Eventually.Pause = TimeSpan.FromMilliseconds(50);
}
