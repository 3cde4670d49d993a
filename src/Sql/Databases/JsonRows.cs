using System.Buffers;
using System.Data.Common;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CacheOrleans.Keys;
using CacheOrleans.Loading;
using CacheOrleans.Sql.Declarations;

namespace CacheOrleans.Sql.Databases;

/// <summary>Converts rows to a cache's value, which is UTF-8 JSON.</summary>
internal sealed class JsonRows(SqlFallback fallback, CacheLimits limits)
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        // The value is served as application/json and never embedded in a page, so '대' and '<' are not escaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads all rows and converts them.</summary>
    /// <exception cref="InvalidOperationException">A column cannot be converted to JSON, or the value would be too
    /// large.</exception>
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

    // A single row is returned without the brackets of the array.
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
                throw Failure(exception.Message, exception);
            }
            catch (Exception exception) when (exception
                is InvalidCastException or OverflowException or NotSupportedException or ArgumentException)
            {
                throw Failure("cannot be converted to JSON; cast it to text", exception);
            }

            InvalidOperationException Failure(string problem, Exception inner) => new(
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
                $"Cache '{fallback.Cache}', {fallback.SqlPath}: the rows exceed {limits.MaxValueBytes} bytes "
                + $"({CacheLimits.SectionName}:{nameof(CacheLimits.MaxValueBytes)})."));
        }
    }
}
