namespace System.Runtime.CompilerServices;

/// <summary>Enables <c>init</c> accessors for a target framework that does not have this type.</summary>
internal static class IsExternalInit;
