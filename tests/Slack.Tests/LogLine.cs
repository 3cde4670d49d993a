using Microsoft.Extensions.Logging;

namespace CacheOrleans.Slack.Tests;

/// <summary>A line of the log: its text with its values and its exception.</summary>
internal sealed record LogLine(
    string Category, int Id, LogLevel Level, string Text, IReadOnlyList<KeyValuePair<string, object?>> Values);
