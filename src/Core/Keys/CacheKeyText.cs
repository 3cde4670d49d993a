using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace CacheOrleans.Keys;

/// <summary>Formats and splits the canonical text of a key: <c>name/v1?a=1&amp;b=2</c>.</summary>
internal static class CacheKeyText
{
    public static string Format(string name, int version, ImmutableArray<CacheKeyParameter> parameters)
    {
        var text = new DefaultInterpolatedStringHandler(
            literalLength: 0, formattedCount: 0, CultureInfo.InvariantCulture, stackalloc char[256]);
        text.AppendLiteral(name);
        text.AppendLiteral("/v");
        text.AppendFormatted(version);
        var separator = "?";
        foreach (var parameter in parameters)
        {
            text.AppendLiteral(separator);
            text.AppendLiteral(parameter.Name);
            text.AppendLiteral("=");
            text.AppendLiteral(Uri.EscapeDataString(parameter.Value));
            separator = "&";
        }

        return text.ToStringAndClear();
    }

    /// <summary>Splits a text without checking the parts; the caller checks them and the canonical form.</summary>
    public static bool TrySplit(
        string text,
        out string name,
        out int version,
        out ImmutableArray<CacheKeyParameter> parameters,
        [NotNullWhen(false)] out string? error)
    {
        version = 0;
        parameters = [];
        error = null;
        var query = text.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? text : text[..query];
        var slash = path.IndexOf("/v", StringComparison.Ordinal);
        name = slash < 0 ? path : path[..slash];
        if (slash < 0
            || !int.TryParse(path.AsSpan(slash + 2), NumberStyles.None, CultureInfo.InvariantCulture, out version))
        {
            error = $"'{text}' is not a cache key; a key looks like 'country/v1?code=KR' or 'home/v1'.";
            return false;
        }

        // A '?' with nothing after it is only not canonical: the caller's error contains the canonical text.
        if (query >= 0 && query < text.Length - 1)
        {
            parameters = SplitParameters(text[(query + 1)..], out error);
        }

        return error is null;
    }

    private static ImmutableArray<CacheKeyParameter> SplitParameters(string query, out string? error)
    {
        error = null;
        var pairs = query.Split('&');
        var parameters = ImmutableArray.CreateBuilder<CacheKeyParameter>(pairs.Length);
        foreach (var pair in pairs)
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                error = $"'{pair}' in a cache key is not of the form name=value.";
                return [];
            }

            parameters.Add(new(pair[..equals], Uri.UnescapeDataString(pair[(equals + 1)..])));
        }

        return parameters.MoveToImmutable();
    }
}
