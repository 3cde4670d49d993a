using System.Globalization;

namespace CacheOrleans.Keys;

/// <summary>Formats a parameter's value as text, in the same way on every machine.</summary>
internal static class CacheKeyValue
{
    /// <exception cref="ArgumentException">The value is null, or of a type that has no invariant text.</exception>
    public static string Format(string parameter, object? value) => value switch
    {
        null => throw new ArgumentNullException(parameter, $"The value of '{parameter}' is null."),
        string text => text,

        // The general format of these types omits fractions of a second, so that two values would share a key.
        DateTime or DateTimeOffset or DateOnly or TimeOnly =>
            ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        IConvertible convertible => convertible.ToString(CultureInfo.InvariantCulture),

        // ToString() of any other type may return only the type's name, which is the same for every value.
        _ => throw new ArgumentException(
            $"The value of '{parameter}' is a {value.GetType()}, which has no invariant text; pass a string."),
    };
}
