namespace System.Runtime.CompilerServices;

/// <summary>Lets the compiler write <c>init</c> for a framework that has no such type.</summary>
internal static class IsExternalInit;
