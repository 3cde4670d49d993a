using System.Runtime.CompilerServices;
using CacheOrleans.Testing;

namespace CacheOrleans.EndToEnd;

/// <summary>What is waited for here is asked of other processes, which have better things to do.</summary>
internal static class SlowLooks
{
    [ModuleInitializer]
    internal static void Begin() => Eventually.Pause = TimeSpan.FromMilliseconds(50);
}
