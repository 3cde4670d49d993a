namespace CacheOrleans.Diagnostics;

/// <summary>Writes a line about a repeating event: the first time at once, then as a count at growing intervals. A
/// timer writes the last count even if the event does not happen again.</summary>
/// <remarks>The intervals are those of <see cref="Repetition"/>. Thread-safe.</remarks>
public sealed class RepeatedLine : IDisposable
{
    private readonly Repetition _repetition;
    private readonly ITimer _timer;
    private volatile Action<long>? _write;

    /// <summary>Starts the timer that writes counts that are still due.</summary>
    /// <param name="time">The clock.</param>
    public RepeatedLine(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _repetition = new(time);
        _timer = time.CreateTimer(
            static line => ((RepeatedLine)line!).WriteLeft(), this, Repetition.Shortest, Repetition.Shortest);
    }

    /// <summary>Records one more occurrence.</summary>
    /// <param name="write">Writes the line, given how often it has happened since the last one.</param>
    public void Count(Action<long> write)
    {
        _write = write;
        Write(_repetition.Count());
    }

    /// <summary>Writes the count since the last line, and stops the timer.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        Write(_repetition.Rest());
    }

    private void WriteLeft()
    {
        try
        {
            Write(_repetition.Due());
        }
        // A log that cannot be written must not end the process, whose timer this is.
        catch (Exception)
        {
        }
    }

    private void Write(long count)
    {
        if (count > 0)
        {
            _write?.Invoke(count);
        }
    }
}
