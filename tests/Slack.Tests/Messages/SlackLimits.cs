using System.Text.Json;
using System.Text.RegularExpressions;

namespace CacheOrleans.Slack.Tests.Messages;

/// <summary>The documented limits of Slack for messages.</summary>
internal static partial class SlackLimits
{
    private static readonly string[] Blocks = ["header", "section", "rich_text", "context"];

    /// <summary>Fails if Slack would reject a message, or interpret parts of it as a mention, a link or formatting.
    /// </summary>
    public static void AssertHeld(string json)
    {
        var message = JsonSerializer.Deserialize<JsonElement>(json);
        Assert.False(message.GetProperty("mrkdwn").GetBoolean());
        AssertEscaped(Text(message), 4000);
        var blocks = message.GetProperty("blocks").EnumerateArray().ToList();
        Assert.InRange(blocks.Count, 1, 50);
        Assert.All(blocks, AssertBlock);
    }

    private static void AssertBlock(JsonElement block)
    {
        var type = block.GetProperty("type").GetString();
        Assert.Contains(type, Blocks);
        switch (type)
        {
            case "header":
                AssertPlain(block.GetProperty("text"), 150);
                break;
            case "section":
                AssertPlain(block.GetProperty("text"), 3000);
                break;
            case "context":
                Assert.InRange(block.GetProperty("elements").GetArrayLength(), 1, 10);
                Assert.All(block.GetProperty("elements").EnumerateArray(), element => AssertPlain(element, 3000));
                break;
            default:
                AssertLiterals(block);
                break;
        }
    }

    private static void AssertPlain(JsonElement text, int length)
    {
        Assert.Equal("plain_text", text.GetProperty("type").GetString());
        Assert.False(text.GetProperty("emoji").GetBoolean());
        AssertEscaped(Text(text), length);
    }

    /// <remarks>Elements of rich text have the effect that their type names; only the type <c>text</c> is plain
    /// text.</remarks>
    private static void AssertLiterals(JsonElement block)
    {
        var parts = block.GetProperty("elements").EnumerateArray().ToList();
        Assert.All(parts, part => Assert.Contains(
            part.GetProperty("type").GetString(), (string[])["rich_text_section", "rich_text_preformatted"]));
        foreach (var element in parts.SelectMany(part => part.GetProperty("elements").EnumerateArray()))
        {
            Assert.Equal("text", element.GetProperty("type").GetString());
            AssertReadable(Text(element), 3000);
        }
    }

    private static void AssertEscaped(string text, int length)
    {
        AssertReadable(text, length);
        Assert.DoesNotMatch(Unescaped(), text);
    }

    private static void AssertReadable(string text, int length)
    {
        Assert.InRange(text.Length, 1, length);
        Assert.False(string.IsNullOrWhiteSpace(text));
        Assert.DoesNotContain(text, character => char.IsControl(character) && character is not ('\n' or '\t'));
        Assert.All(text.Split(' '), word => Assert.Equal(word, string.Concat(word.EnumerateRunes())));
    }

    private static string Text(JsonElement element) => element.GetProperty("text").GetString()!;

    [GeneratedRegex("[<>]|&(?!amp;|lt;|gt;)")]
    private static partial Regex Unescaped();
}
