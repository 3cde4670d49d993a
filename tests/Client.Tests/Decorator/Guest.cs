using System.ComponentModel;

namespace CacheOrleans.Client.Tests.Decorator;

/// <summary>A value that copies may share, so that a hit has nothing to make.</summary>
[ImmutableObject(true)]
public sealed record Guest(int Id, string Name);
