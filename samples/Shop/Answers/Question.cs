namespace CacheOrleans.Shop.Answers;

/// <summary>A read under way.</summary>
/// <remarks>A fallback runs in the context of the caller that began it, and with it flows that caller's
/// question.</remarks>
internal sealed class Question
{
    private static readonly AsyncLocal<Question?> Current = new();

    private bool _cameToDatabase;

    /// <summary>Begins a read.</summary>
    public static Question Begin() => Current.Value = new Question();

    /// <summary>A statement runs in the database.</summary>
    public static void OnStatement()
    {
        if (Current.Value is { } question)
        {
            Volatile.Write(ref question._cameToDatabase, true);
        }
    }

    /// <summary>Where the answer came from.</summary>
    /// <param name="wasAtOnce">Whether it was there when the call returned.</param>
    public AnswerSource SourceOf(bool wasAtOnce) =>
        Volatile.Read(ref _cameToDatabase) ? AnswerSource.Database
        : wasAtOnce ? AnswerSource.Copy
        : AnswerSource.Cluster;
}
