namespace CacheOrleans.Shop.Answers;

/// <summary>A read in progress, and whether it has reached the database.</summary>
/// <remarks>A fallback runs in the execution context of the caller that started it, so it finds that caller's read.
/// </remarks>
internal sealed class Question
{
    private static readonly AsyncLocal<Question?> Current = new();

    private bool _reachedDatabase;

    /// <summary>Begins a read.</summary>
    public static Question Begin() => Current.Value = new Question();

    /// <summary>Records that a statement runs in the database.</summary>
    public static void OnStatement()
    {
        if (Current.Value is { } question)
        {
            Volatile.Write(ref question._reachedDatabase, true);
        }
    }

    /// <summary>Returns where the answer came from.</summary>
    /// <param name="wasAtOnce">Whether the answer was there when the call returned.</param>
    public AnswerSource SourceOf(bool wasAtOnce) =>
        Volatile.Read(ref _reachedDatabase) ? AnswerSource.Database
        : wasAtOnce ? AnswerSource.Copy
        : AnswerSource.Cluster;
}
