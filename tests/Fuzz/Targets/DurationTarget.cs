using System.Globalization;
using CacheOrleans.Settings;

namespace CacheOrleans.Fuzz.Targets;

/// <summary>The text of a time span in settings.</summary>
internal sealed class DurationTarget : ITarget
{
    public string Name => "duration";

    public int Share => 60;

    public IReadOnlyList<string> Words { get; } =
    [
        "00:00:30", "1.12:00:00", "23:59:59.9999999", ":", ".", "-", "ms", "s", "m", "h", "d", " ", "24:00", "12:30",
        "10675199.02:48:05.4775807", "10675199", "922337203685477", "٣", "\n",
    ];

    public byte[] Generate(Random random) => Text.Bytes(random.Next(2) == 0
        ? $"{random.One(["", "-", " "])}{random.Next(1 << random.Next(31))}{random.One(["", ".5", ".0000001"])}"
            + random.One(["ms", "s", "m", "h", "d", " s", ""])
        : $"{random.One(["", "1.", "99999999."])}{random.Next(30):00}:{random.Next(70):00}:{random.Next(70):00}");

    public ValueTask<string> RunAsync(byte[] input)
    {
        var text = Text.Of(input);
        try
        {
            var span = Duration.Parse(text);
            Promise.That(Duration.Parse(span.ToString("c")) == span, $"{span} is read as it is written.");
            var number = text.Trim().TrimEnd('m', 's', 'h', 'd', ' ');
            Promise.That(
                !decimal.TryParse(number, CultureInfo.InvariantCulture, out var given)
                    || (given > 0 ? span >= TimeSpan.Zero : span <= TimeSpan.Zero),
                $"{span} has the sign of '{text}'.");
            return new(text.Contains(':') ? "clock" : "number");
        }
        catch (FormatException exception)
        {
            Promise.That(exception.Message.Contains(text), "The message has the text.");
            return new(Outcome.Of(exception.Message));
        }
    }
}
