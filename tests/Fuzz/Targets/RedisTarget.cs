using System.Text.RegularExpressions;
using CacheOrleans.Redis;
using CacheOrleans.Silo.Configuration;

namespace CacheOrleans.Fuzz.Targets;

/// <summary>Connection strings of Redis: errors show no secret, and alerts know each password.</summary>
internal sealed partial class RedisTarget : ITarget
{
    private readonly string _passwordFile = Path.GetTempFileName();

    private readonly string[] _options;

    public RedisTarget()
    {
        File.WriteAllText(_passwordFile, Secret.Word + "\n");
        _options =
        [
            "password=S3cr3t", "password=ab,S3cr3t", "password=ab,S3cr3t=", "password = S3cr3t ", "user=S3cr3t",
            "ssl=true", "ssl=S3cr3t", "abortConnect=maybe", "connectTimeout=99999999999", "defaultDatabase=-1",
            "nonsense=S3cr3t", "name=é", $"passwordFile={_passwordFile}", "passwordFile=/nowhere", "passwordFile=",
            "sslHost=", "tunnel=x", "protocol=resp9", "=", "=S3cr3t", "ssl",
        ];
        Words = [.. Hosts, .. _options, ",", "=", ":", "@", "://", "S3cr3t", "password=", ",password=", " ", "\0", "["];
    }

    public string Name => "redis";

    public int Share => 50;

    public IReadOnlyList<string> Words { get; }

    private static string[] Hosts { get; } =
    [
        "localhost:6379", "127.0.0.1", "[::1]:6379", "redis-1:6379", "redis-1:port", "host:99999", "", ":6379",
        "redis://app:S3cr3t@host:6379", "rediss://:ab,S3cr3t@host", "redis://:S3cr3t,ab@host",
        "redis://app:S3cr3t=@host", "app:S3cr3t@host:6379", "!/tmp/socket", "xn--a", "host with space", "a,b,c",
    ];

    public byte[] Generate(Random random) => Text.Bytes(string.Join(',',
    [
        .. Enumerable.Range(0, random.Next(1, 3)).Select(_ => random.One(Hosts)),
        .. Enumerable.Range(0, random.Next(4)).Select(_ => random.One(_options)),
    ]));

    public ValueTask<string> RunAsync(byte[] input)
    {
        var text = Text.Of(input);
        try
        {
            var options = RedisLogin.Read(text);
            _ = RedisEndpoints.Read(text);
            Promise.That(options.EndPoints.Count > 0, "What is accepted has an endpoint.");
            if (!text.Contains("passwordFile", StringComparison.OrdinalIgnoreCase))
            {
                ConfiguredPasswords.Include(text, options.Password);
            }

            return new("accepted");
        }
        catch (ArgumentException exception)
        {
            Secret.IsNotIn(text, at => IsSecret(text, at), exception.ToString());
            return new(Outcome.Of(exception.Message));
        }
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(_passwordFile);
        return ValueTask.CompletedTask;
    }

    /// <summary>Whether a place in a connection string is part of a password, as far as its author can mean it: a
    /// password may have commas and equals signs, before a host as well.</summary>
    private static bool IsSecret(string text, int at)
    {
        var (before, end) = (text[..at], text.LastIndexOf('@'));
        var option = before[(before.LastIndexOf(',') + 1)..];
        var isInUrl = (end > at && (before.Contains("://") || !text[..end].Contains('=')))
            || (option.Contains(':') && text[at..].Split(',')[0].Contains('@'));
        var isOfFile = option.TrimStart().StartsWith("passwordFile", StringComparison.OrdinalIgnoreCase);
        return !isOfFile && (isInUrl || option.Contains('=') || Password().IsMatch(before));
    }

    [GeneratedRegex(@"password\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex Password();
}
