using System.Globalization;
using System.Text;

namespace CacheOrleans.Fuzz.Http;

/// <summary>Creates valid, invalid and broken requests to the API.</summary>
/// <remarks>They are bytes: an HTTP client would refuse to send many of them.</remarks>
internal sealed class RandomRequests(Random random)
{
    private static readonly string[] Methods =
    [
        "GET", "GET", "GET", "GET", "GET", "GET", "GET", "GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS",
        "TRACE", "CONNECT", "FOO", "get",
    ];

    private static readonly string[] Paths =
    [
        "/", "/api/caches", "/api/silos", "/api/breaker", "/api/breaker/settings", "/api/breaker/close",
        "/api/alerts", "/api/alerts/test", "/api/embedded/redis/start", "/api/embedded/redis/stop",
        "/healthz/live", "/healthz/ready", "/metrics", "/dashboard", "/dashboard/", "/dashboard/version",
        "/dashboard/DashboardCounters", "/dashboard/ClusterStats", "/dashboard/Reminders", "/dashboard/Reminders/~",
        "/dashboard/HistoricalStats/~", "/dashboard/SiloProperties/~", "/dashboard/SiloStats/~",
        "/dashboard/SiloCounters/~", "/dashboard/GrainStats/~", "/dashboard/TopGrainMethods",
        "/dashboard/GrainState?grainId=~&grainType=~", "/dashboard/GrainTypes", "/dashboard/fonts/~",
        "/dashboard/img/~", "/dashboard/~", "/~", "/api/~", "/api/caches/~", "/api/tags/~",
        "/api/caches/country/entry?code=~", "/api/caches/country/entry?code=~&version=~",
        "/api/caches/country/entry?~=~", "/api/caches/home/entry", "/api/caches/~/entry?code=~",
        "/api/caches/country?~=~", "/api/caches/country/entry/description?code=~",
        "/api/caches/country/entry/expire?code=~",
    ];

    private static readonly string[] Headers =
    [
        "Host: ~", "Origin: ~", "X-Api-Key: ~", "Authorization: Basic ~", "Authorization: ~", "Accept: ~",
        "Accept-Encoding: ~", "Content-Type: ~", "Content-Encoding: ~", "If-None-Match: ~", "Range: bytes=~",
        "Transfer-Encoding: ~", "Content-Length: ~", "Cookie: ~", "X-Forwarded-Host: ~", "Upgrade: ~",
        "~: ~",
    ];

    /// <summary>Fragments that are known to break programs.</summary>
    public static readonly string[] Pieces =
    [
        "KR", "country", "home", "1", "0", "-1", "99999999999999999999", "NaN", "null", "x", "*", "%", "%00", "%0A",
        "%0d%0a", "%FF%FE", "%C0%AF", "%ED%A0%80", "%F0%9F%98%80", "..", "../..", "%2e%2e%2f", "//", "\\", "~", "?",
        "&", "=", "#", ";", ":", "@", "[::1]", "xn--a", "xn--", "xn--bcher-kva", "localhost", "127.0.0.1:1@1",
        "S127.0.0.1:1:1", "http://xn--a", "http://[", "evil.example", "{", "}", "{\"breakDurationSeconds\":1e999}",
        "[]", "{\"a\":", "\"", "'", "<", "text/html", "application/json", "gzip", "chunked", "bytes=0-1",
        "é", "\u0001", "\u007f", "한", " ", "\t", "dHJ1ZTp0cnVl", "Basic", "a,b", "q=0", "CacheOrleans.Grains",
        "version", "code", "sys.svc.user.SiloGrainService", "2147483648",
    ];

    public byte[] Next()
    {
        var method = Pick(Methods);
        var body = random.Next(4) == 0 || method is "PUT" or "PATCH" ? Fill("~") : string.Empty;
        var lines = new List<string> { $"{method} {Fill(Pick(Paths))} HTTP/1.{(random.Next(50) == 0 ? 0 : 1)}" };
        if (random.Next(20) != 0)
        {
            lines.Add("Host: localhost");
        }

        for (var i = random.Next(4) - 1; i > 0; i--)
        {
            lines.Add(Fill(Pick(Headers)));
        }

        if (body.Length > 0 && random.Next(20) != 0)
        {
            var length = Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture);
            lines.Add($"Content-Length: {length}");
        }

        var text = Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n" + body);
        if (random.Next(30) == 0)
        {
            text[random.Next(text.Length)] = (byte)random.Next(256);
        }

        return text;
    }

    private string Fill(string pattern)
    {
        var parts = pattern.Split('~');
        var text = new StringBuilder(parts[0]);
        foreach (var part in parts.Skip(1))
        {
            for (var i = random.Next(4); i > 0; i--)
            {
                text.Append(random.Next(40) == 0 ? new string('x', random.Next(2000)) : Pick(Pieces));
            }

            text.Append(part);
        }

        return text.ToString();
    }

    private string Pick(string[] among) => among[random.Next(among.Length)];
}
