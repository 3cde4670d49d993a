using System.Text.RegularExpressions;
using CacheOrleans.Testing;

namespace CacheOrleans.EndToEnd.Alerts;

/// <summary>A message as it arrived: its key, its kind, and its id.</summary>
internal sealed partial record ToldMessage(string Key, string Kind, Guid Id)
{
    public const string Failing = "failing";
    public const string Resolved = "resolved";
    public const string Digest = "digest";

    public static ToldMessage Of(SlackRequest request)
    {
        var title = Title().Match(request.Title);
        Assert.True(title.Success, request.Title);
        var kind = title.Groups["said"].Value switch
        {
            " works again" or ": Redis answers again" => Resolved,
            var said when Again().IsMatch(said) => Digest,
            _ => Failing,
        };
        return new($"{title.Groups["class"]} {title.Groups["name"]}", kind, request.Message);
    }

    [GeneratedRegex("^ (failed|opened) .*more times?$")]
    private static partial Regex Again();

    [GeneratedRegex("^(?<class>Cache|Breaker) '(?<name>[^']+)'(?<said>.*)$")]
    private static partial Regex Title();
}
