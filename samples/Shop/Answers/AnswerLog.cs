namespace CacheOrleans.Shop.Answers;

/// <summary>Records where answers come from, and keeps the latest ones.</summary>
internal sealed class AnswerLog(TimeProvider time)
{
    private const int Capacity = 50;

    private readonly Lock _lock = new();
    private readonly LinkedList<AnswerLogEntry> _latest = [];

    /// <summary>The latest answers, newest first.</summary>
    public IReadOnlyList<AnswerLogEntry> Latest
    {
        get
        {
            lock (_lock)
            {
                return [.. _latest];
            }
        }
    }

    /// <summary>Reads a value, and returns it with its source.</summary>
    /// <param name="what">The value that is read, in words.</param>
    /// <param name="through">The interface that it is read through, in words.</param>
    /// <param name="read">The read.</param>
    public async Task<Answer<T>> WatchAsync<T>(string what, string through, Func<ValueTask<T>> read)
    {
        var question = Question.Begin();
        var start = time.GetTimestamp();
        var reading = read();
        var wasAtOnce = reading.IsCompleted;
        var value = await reading;
        var answer = new Answer<T>(value, question.SourceOf(wasAtOnce), time.GetElapsedTime(start));
        Keep(new(time.GetUtcNow(), what, through, answer.Source, answer.Took.TotalMilliseconds));
        return answer;
    }

    private void Keep(AnswerLogEntry entry)
    {
        lock (_lock)
        {
            _latest.AddFirst(entry);
            if (_latest.Count > Capacity)
            {
                _latest.RemoveLast();
            }
        }
    }
}
