namespace CacheOrleans.Client.Tests.Decorator;

/// <summary>Nothing is generated for it.</summary>
internal interface IUndecorated;
