using System.Text.Json.Nodes;

namespace CacheOrleans.Slack.Messages;

/// <summary>Makes the blocks of a message, within Slack's limits.</summary>
/// <remarks>Nothing is written in Slack's markup, so nothing in a cache's name or a trace can be read as such. Slack
/// wants its control characters escaped in text objects; the texts of a rich_text block it takes word for
/// word.</remarks>
internal static class SlackBlocks
{
    /// <summary>How long a header may be.</summary>
    public const int MaxHeader = 150;

    /// <summary>How long a section may be.</summary>
    public const int MaxSection = 3000;

    /// <summary>How long a detail's value may be; not Slack's limit, but that of patience.</summary>
    public const int MaxDetail = 300;

    private const int MaxContext = 300;

    public static JsonObject Header(string text) => new() { ["type"] = "header", ["text"] = Plain(text, MaxHeader) };

    public static JsonObject Section(string text) => new() { ["type"] = "section", ["text"] = Plain(text, MaxSection) };

    public static JsonObject Context(string text) =>
        new() { ["type"] = "context", ["elements"] = new JsonArray(Plain(text, MaxContext)) };

    /// <summary>Names and values, each pair on a line of its own.</summary>
    public static JsonObject Details(IEnumerable<(string Name, string Value)> details)
    {
        var elements = new JsonArray();
        foreach (var (name, value) in details)
        {
            var start = elements.Count == 0 ? string.Empty : "\n";
            elements.Add(Literal($"{start}{name}: ", isBold: true));
            elements.Add(Literal(OrNothing(SlackText.Line(value, MaxDetail))));
        }

        return RichText("rich_text_section", elements);
    }

    /// <summary>Text in the letters of code, its lines kept.</summary>
    public static JsonObject Code(string text) => RichText(
        "rich_text_preformatted", new JsonArray(Literal(OrNothing(SlackText.Lines(text, MaxSection)))));

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
        ["text"] = OrNothing(SlackText.Escaped(text, length)),
        ["emoji"] = false,
    };

    /// <remarks>Slack refuses a message with an empty text in it.</remarks>
    private static string OrNothing(string text) => text.Length == 0 ? "-" : text;
}
