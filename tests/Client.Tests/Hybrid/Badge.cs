using System.ComponentModel;

namespace CacheOrleans.Client.Tests.Hybrid;

/// <summary>A value that promises never to change.</summary>
[ImmutableObject(true)]
internal sealed record Badge(string Name);
