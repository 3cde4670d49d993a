using System.Globalization;

namespace CacheOrleans.Keys;

/// <summary>How a parameter's value becomes text, the same on every machine.</summary>
internal static class CacheKeyValue
{
    /// <exception cref="ArgumentException">The value is null, or of a type without a text of its own.</exception>
    public static string Format(string parameter, object? value) => value switch
    {
        null => throw new ArgumentNullException(parameter, $"The value of '{parameter}' is null."),
        string text => text,

        // Their general form leaves out fractions of a second, and two values would share a key.
        DateTime or DateTimeOffset or DateOnly or TimeOnly =>
            ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        IConvertible convertible => convertible.ToString(CultureInfo.InvariantCulture),

        // The text of any other type may be no more than its name, the same for every value.
        _ => throw new ArgumentException(
            $"The value of '{parameter}' is a {value.GetType()}, which has no invariant text; pass a string."),
    };
}
