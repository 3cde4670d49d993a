using CacheOrleans.Alerts;

namespace CacheOrleans.Core.Tests.Alerts.Redaction;

/// <summary>Every form in which secrets are found.</summary>
internal static class SecretForms
{
    /// <summary>Names the forms in which a secret is found only if the redactor knows it.</summary>
    private const string Known = "known";

    private static readonly string[] Base64 = ["+", "/", "=", "-", "_", ".", "~"];
    private static readonly string[] Encoded = ["%2F", "%3D", "%20", "-", "_", ".", "~", "%26"];
    private static readonly string[] Symbols =
        ["!", "#", "$", "%", "(", ")", "*", "+", "-", ".", "/", ":", "<", "=", ">", "?", "@", "[", "\\", "]", "^",
            "_", "{", "|", "}", "~", "é", "한", "😀"];

    private static readonly string[] InUrl =
        ["!", "$", "(", ")", "*", "+", "-", ".", "_", "~", "=", ":", "%40", "%2F"];

    /// <summary>Characters that a password in a URL should have encoded. If the URL is cut off too, the text after them
    /// is taken for its host or path.</summary>
    private static readonly string[] Raw = [.. InUrl, "@", "@/", "x/", "x?", "x#", "'"];

    private static readonly string[] Spaced = [.. Symbols, " ", ",", "&"];
    private static readonly string[] Quoted = [.. Symbols, " ", ",", "&", ";"];

    public static readonly SecretForm[] All =
    [
        new("connection string", "Host=db;Username=app;Password=§;Timeout=5", Spaced),
        new("connection string", "Server=db;Uid=app;Pwd=§", Spaced),
        new("connection string", "Password=§;Server=db", Spaced, NeedsEnd: true),
        new("connection string, double quotes", "Host=db;Password=\"§\";Timeout=5", [.. Quoted, "\"\"", "'"]),
        new("connection string, single quotes", "Host=db;Password='§';Timeout=5", [.. Quoted, "''", "\""]),
        new("connection string, braces", "Driver=x;PWD={§};Server=db", [.. Quoted.Except(["}"]), "}}", "\"", "'"]),
        new("Redis", "redis:6379,password=§,user=app", [.. Symbols, ";", "&"]),
        new("Redis", "password=§,redis:6379", Symbols),
        new("Azure", "AccountName=app;AccountKey=§;EndpointSuffix=x", Base64),
        new("Azure", "Endpoint=sb://x/;SharedAccessKeyName=root;SharedAccessKey=§", Base64),
        new("Azure", "SharedAccessSignature=§", Base64),
        new("name and value", "password: §", Symbols),
        new("name and value", "db.password = §", Symbols),
        new("name and value", "secret=§", Symbols),
        new("name and value", "client_secret=§", Symbols),
        new("name and value", "api_key=§", Symbols),
        new("name and value", "token=§", Symbols),
        new("name and value", "passphrase => §", Symbols),
        new("environment", "AWS_SECRET_ACCESS_KEY=§", Symbols),
        new("JSON", "{\"user\":\"app\",\"password\":\"§\",\"port\":1}", [.. Quoted, "'", "\\\"", "\\\\", "\\u0022"]),
        new("JSON", "{ \"accessToken\" : \"§\" }", [.. Quoted, "'", "\\\"", "\\\\", "\\n"]),
        new("JSON in JSON", "\"{\\\"apiKey\\\":\\\"§\\\",\\\"n\\\":1}\"", [.. Quoted, "'", "\\\\\\\"", "\\\\\\\\"]),
        new("list", "{\"tokens\":[\"§\",\"b\"]}", [.. Quoted.Except(["]"]), "\",\""]),
        new("header", "Authorization: Bearer §", Base64),
        new("header", "Authorization: Basic §", Base64),
        new("header", "Authorization: Digest user=\"app\", response=\"§\"", [.. Quoted, "\", qop=\""]),
        new("header", "Proxy-Authorization: §", Symbols),
        new("header", "X-Api-Key: §", Symbols),
        new("header", "Set-Cookie: session=§; Path=/", [.. Quoted, "\""]),
        new("header", "[Authorization, Bearer §]", Base64),
        new("scheme", "Bearer §", Base64),
        new("scheme", "Basic §", Base64),
        new("URL, user info", "amqp://app:§@mq:5672/v", InUrl),
        new("URL, user info", "amqp://app:x§@mq:5672/v", Raw, NeedsEnd: true),
        new("URL, user info", "redis://:§@redis:6379", InUrl),
        new("URL, user info", "https://§@git.example.com/x", [.. Encoded, ":x"], NeedsEnd: true),
        new("URL, cut off", "redis://app:x§", InUrl),
        new("URL, query", "https://api.example.com/x?token=§&y=1", Encoded),
        new("URL, query", "https://api.example.com/x?y=1&sig=§&se=2", Encoded),
        new("URL, query", "https://s3.example.com/x?X-Amz-Signature=§", Encoded),
        new("URL, query", "https://api.example.com/x?key=§", Encoded),
        new("Slack", "https://hooks.slack.com/services/T0/B0/§", ["/"]),
        new("Slack", "https://hooks.slack.com/triggers/§", ["/"]),
        new("Slack", "https%3A%2F%2Fhooks.slack.com%2Fservices%2FT0%2F§", ["%2F"]),
        new("Slack", "invalid xoxb-§", ["-"]),
        new("Slack", "invalid xapp-1-§", ["-"]),
        new("JWT", "eyJhbGciOiJIUzI1NiJ9.§", [".", "-", "_"]),
        new("private key", "-----BEGIN PRIVATE KEY-----\n§\n-----END PRIVATE KEY-----", ["\n", "\\n", "+", "/"]),
        new(Known, "word for word §", [.. Quoted, "\"", "'"], NeedsEnd: true),
        new(Known, "POST /in/§?room=7 HTTP/1.1", Encoded, NeedsEnd: true),
    ];

    private static readonly Redactor WithoutKnownSecrets = new([], []);

    /// <summary>Returns a redactor that finds the secret in the form.</summary>
    public static Redactor RedactorFor(SecretForm form, string secret) => form.What == Known
        ? new([], [new(secret), new($"https://alerts.example.com/in/{secret}?room=7")])
        : WithoutKnownSecrets;
}
