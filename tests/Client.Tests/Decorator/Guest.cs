using System.ComponentModel;

namespace CacheOrleans.Client.Tests.Decorator;

/// <summary>An immutable value: callers share one instance, so that a hit allocates nothing.</summary>
[ImmutableObject(true)]
public sealed record Guest(int Id, string Name);
