namespace CacheOrleans.Sql.Statements;

/// <summary>One occurrence of a parameter in a statement's text.</summary>
/// <param name="Start">The index of its first character.</param>
/// <param name="Text">The parameter as written, such as <c>@code</c>; other forms, such as <c>$1</c>, are found as
/// well.</param>
internal readonly record struct SqlParameterUse(int Start, string Text);
