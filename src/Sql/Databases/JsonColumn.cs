using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using CacheOrleans.Loading;

namespace CacheOrleans.Sql.Databases;

/// <summary>Writes one column of a row as JSON.</summary>
internal static class JsonColumn
{
    /// <exception cref="NotSupportedException">The column's type cannot be converted to JSON.</exception>
    /// <exception cref="InvalidDataException">The column's text is not JSON, or is nested too deeply. The message
    /// continues a sentence that begins with "the column".</exception>
    public static void Write(Utf8JsonWriter writer, DbDataReader reader, int column)
    {
        if (reader.IsDBNull(column))
        {
            writer.WriteNullValue();
            return;
        }

        var value = reader.GetValue(column);
        switch (reader.GetDataTypeName(column).ToUpperInvariant(), value)
        {
            case ("JSON" or "JSONB", string json):
                WriteJson(writer, Encoding.UTF8.GetBytes(json));
                break;
            // SQLite stores booleans as 0 and 1; only the column's declared type distinguishes them from numbers.
            case ("BOOLEAN" or "BOOL", long number):
                writer.WriteBooleanValue(number != 0);
                break;
            default:
                WriteValue(writer, value);
                break;
        }
    }

    private static void WriteJson(Utf8JsonWriter writer, byte[] json)
    {
        if (JsonText.Check(json) is { } problem)
        {
            throw new InvalidDataException(problem);
        }

        writer.WriteRawValue(json, skipInputValidation: true);
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null or DBNull:
                writer.WriteNullValue();
                break;
            case bool boolean:
                writer.WriteBooleanValue(boolean);
                break;
            case byte[] bytes:
                writer.WriteBase64StringValue(bytes);
                break;
            case Array { Rank: 1 } items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    WriteValue(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                if (!TryWriteNumber(writer, value))
                {
                    writer.WriteStringValue(TextOf(value));
                }

                break;
        }
    }

    private static bool TryWriteNumber(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case short or int or long:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                return true;
            case uint number:
                writer.WriteNumberValue(number);
                return true;
            case decimal number:
                writer.WriteNumberValue(number);
                return true;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                return true;
            case float number when float.IsFinite(number):
                writer.WriteNumberValue(number);
                return true;
            default:
                return false;
        }
    }

    // JSON has no NaN and no infinity; they become text, in the form that PostgreSQL's own to_json writes.
    private static string TextOf(object value) => value switch
    {
        string text => text,
        char character => character.ToString(),
        double number => number.ToString(CultureInfo.InvariantCulture),
        float number => number.ToString(CultureInfo.InvariantCulture),
        Guid id => id.ToString("D"),
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        TimeSpan span => XmlConvert.ToString(span),
        _ => throw new NotSupportedException($"{value.GetType()} cannot be converted to JSON."),
    };
}
