using System.ComponentModel;

namespace CacheOrleans.Client.Tests.Hybrid;

/// <summary>A value that is declared immutable.</summary>
[ImmutableObject(true)]
internal sealed record Badge(string Name);
