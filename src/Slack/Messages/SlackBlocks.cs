using System.Text.Json.Nodes;

namespace CacheOrleans.Slack.Messages;

/// <summary>Creates the blocks of a message, within Slack's limits.</summary>
/// <remarks>No text is sent as Slack's markup, so nothing in a cache's name or a stack trace can be interpreted as
/// markup. Slack requires its control characters to be escaped in text objects; the texts of a rich_text block it shows
/// literally.</remarks>
internal static class SlackBlocks
{
    /// <summary>The maximum length of a header.</summary>
    public const int MaxHeader = 150;

    /// <summary>The maximum length of a section.</summary>
    public const int MaxSection = 3000;

    /// <summary>The maximum length of a detail's value. It is not Slack's limit; it keeps messages readable.</summary>
    public const int MaxDetail = 300;

    private const int MaxContext = 300;

    public static JsonObject Header(string text) => new() { ["type"] = "header", ["text"] = Plain(text, MaxHeader) };

    public static JsonObject Section(string text) => new() { ["type"] = "section", ["text"] = Plain(text, MaxSection) };

    public static JsonObject Context(string text) =>
        new() { ["type"] = "context", ["elements"] = new JsonArray(Plain(text, MaxContext)) };

    /// <summary>Creates a block of names and values, each pair on its own line.</summary>
    public static JsonObject Details(IEnumerable<(string Name, string Value)> details)
    {
        var elements = new JsonArray();
        foreach (var (name, value) in details)
        {
            var start = elements.Count == 0 ? string.Empty : "\n";
            elements.Add(Literal($"{start}{name}: ", isBold: true));
            elements.Add(Literal(OrDash(SlackText.Line(value, MaxDetail))));
        }

        return RichText("rich_text_section", elements);
    }

    /// <summary>Creates a block of preformatted text that keeps its line ends.</summary>
    public static JsonObject Code(string text) => RichText(
        "rich_text_preformatted", new JsonArray(Literal(OrDash(SlackText.Lines(text, MaxSection)))));

    private static JsonObject RichText(string type, JsonArray elements) => new()
    {
        ["type"] = "rich_text",
        ["elements"] = new JsonArray(new JsonObject { ["type"] = type, ["elements"] = elements }),
    };

    private static JsonObject Literal(string text, bool isBold = false)
    {
        var literal = new JsonObject { ["type"] = "text", ["text"] = text };
        if (isBold)
        {
            literal["style"] = new JsonObject { ["bold"] = true };
        }

        return literal;
    }

    private static JsonObject Plain(string text, int length) => new()
    {
        ["type"] = "plain_text",
        ["text"] = OrDash(SlackText.Escaped(text, length)),
        ["emoji"] = false,
    };

    /// <remarks>Slack rejects a message that contains an empty text.</remarks>
    private static string OrDash(string text) => text.Length == 0 ? "-" : text;
}
