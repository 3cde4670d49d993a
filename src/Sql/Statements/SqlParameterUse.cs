namespace CacheOrleans.Sql.Statements;

/// <summary>Where a statement's text names a parameter.</summary>
/// <param name="Start">The index of its first character.</param>
/// <param name="Text">As it is written, such as <c>@code</c>; other forms, such as <c>$1</c>, are found as well.
/// </param>
internal readonly record struct SqlParameterUse(int Start, string Text);
