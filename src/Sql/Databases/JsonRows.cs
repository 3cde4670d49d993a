using System.Buffers;
using System.Data.Common;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CacheOrleans.Keys;
using CacheOrleans.Loading;
using CacheOrleans.Sql.Declarations;

namespace CacheOrleans.Sql.Databases;

/// <summary>Turns rows into a value: UTF-8 JSON.</summary>
internal sealed class JsonRows(SqlFallback fallback, CacheLimits limits)
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        // The value is served as application/json, never put into a page: '대' and '<' stay as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads all rows.</summary>
    /// <exception cref="InvalidOperationException">A column cannot be told in JSON, or the value would be too large.
    /// </exception>
    public async Task<LoadResult> ReadAsync(DbDataReader reader, CancellationToken cancellationToken)
    {
        var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
        if (SqlFallback.CheckColumns(names) is { } error)
        {
            throw new InvalidOperationException($"Cache '{fallback.Cache}', {fallback.SqlPath}: {error}.");
        }

        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        writer.WriteStartArray();
        var count = 0;
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            WriteRow(writer, reader, names);
            count++;
            CheckSize(writer.BytesCommitted + writer.BytesPending);
        }

        writer.WriteEndArray();
        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        return count == 0 ? LoadResult.NotFound : LoadResult.Found(Shape(buffer.WrittenSpan, count));
    }

    // One row alone is written without its brackets.
    private byte[] Shape(ReadOnlySpan<byte> array, int count) =>
        (fallback.Rows == SqlRows.One && count == 1 ? array[1..^1] : array).ToArray();

    private void WriteRow(Utf8JsonWriter writer, DbDataReader reader, string[] names)
    {
        writer.WriteStartObject();
        for (var column = 0; column < names.Length; column++)
        {
            writer.WritePropertyName(names[column]);
            try
            {
                JsonColumn.Write(writer, reader, column);
            }
            catch (InvalidDataException exception)
            {
                throw Bad(exception.Message, exception);
            }
            catch (Exception exception) when (exception
                is InvalidCastException or OverflowException or NotSupportedException or ArgumentException)
            {
                throw Bad("cannot be told in JSON; cast it to text", exception);
            }

            InvalidOperationException Bad(string problem, Exception inner) => new(
                $"Cache '{fallback.Cache}', {fallback.SqlPath}: the column '{names[column]}' of type "
                + $"'{reader.GetDataTypeName(column)}' {problem}.", inner);
        }

        writer.WriteEndObject();
    }

    private void CheckSize(long bytes)
    {
        if (bytes > limits.MaxValueBytes)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"Cache '{fallback.Cache}', {fallback.SqlPath}: the rows have more than {limits.MaxValueBytes} bytes "
                + $"({CacheLimits.SectionName}:{nameof(CacheLimits.MaxValueBytes)})."));
        }
    }
}
