using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using CacheOrleans.Breaker;

namespace CacheOrleans.Silo.Http.Breaker;

/// <summary>One breaker setting as the HTTP API names it: a number, in seconds if the setting is a duration.</summary>
/// <remarks>The bounds are those of <see cref="BreakerOptions"/>.</remarks>
internal sealed class BreakerField
{
    private readonly Func<BreakerChange, double, BreakerChange> _apply;
    private readonly string _rule;
    private readonly double _min;
    private readonly double _max;
    private readonly bool _isWhole;

    public BreakerField(
        string name,
        string setting,
        Func<BreakerOptions, double> read,
        Func<BreakerChange, double, BreakerChange> apply,
        string alsoMust = "")
    {
        Name = name;
        Setting = setting;
        Read = read;
        _apply = apply;
        var property = typeof(BreakerOptions).GetProperty(setting)!;
        var range = property.GetCustomAttribute<RangeAttribute>()!;
        (_min, _max) = (ToNumber(range.Minimum), ToNumber(range.Maximum));
        _isWhole = property.PropertyType == typeof(int);
        var kind = _isWhole ? "a whole number"
            : property.PropertyType == typeof(TimeSpan) ? "a number of seconds"
            : "a number";
        _rule = string.Create(CultureInfo.InvariantCulture, $"must be {kind} from {_min} to {_max}{alsoMust}");
    }

    /// <summary>The name in the HTTP API.</summary>
    public string Name { get; }

    /// <summary>The name of the property of <see cref="BreakerOptions"/>.</summary>
    public string Setting { get; }

    /// <summary>Reads the setting.</summary>
    public Func<BreakerOptions, double> Read { get; }

    /// <summary>Adds the setting to a change.</summary>
    /// <returns>The new change; null if the value is not valid for this setting.</returns>
    public BreakerChange? Apply(BreakerChange change, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out var number)
        && number >= _min
        && number <= _max
        && (!_isWhole || Math.Floor(number) == number)
            ? _apply(change, number)
            : null;

    /// <summary>Returns a message that says what the setting must be and, if a value was sent, what it was.</summary>
    public string Explain(JsonElement? sent = null) => sent is { } value
        ? $"{Name} {_rule}; it was {Shorten(value.GetRawText())}."
        : $"{Name} {_rule}.";

    private static string Shorten(string text) => text.Length <= 40 ? text : $"{text[..40]}…";

    private static double ToNumber(object bound) =>
        bound is string text
            ? TimeSpan.Parse(text, CultureInfo.InvariantCulture).TotalSeconds
            : Convert.ToDouble(bound, CultureInfo.InvariantCulture);
}
