using CacheOrleans.Sql.Databases;
using CacheOrleans.Sql.Declarations;
using CacheOrleans.Sql.Statements;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CacheOrleans.Fuzz.Targets;

/// <summary>Connection strings of databases: errors show nothing of them, and alerts know each password.</summary>
internal sealed class SqlTarget : ITarget
{
    private static readonly string[] Settings =
    [
        "Host=db", "Server=db", "Data Source=:memory:", "DataSource=a.db", "Filename=a.db", "Password=S3cr3t",
        "Pwd=S3cr3t", "PSW=S3cr3t", "Password=\"S3cr3t;x\"", "Password='S3cr3t", "PASSWORD = S3cr3t ", "Username=app",
        "SSL Password=S3cr3t", "Port=99999", "Port=S3cr3t", "Mode=ReadOnly", "Mode=S3cr3t", "Cache=Shared",
        "Timeout=-1", "Max Pool Size=0", "Minimum Pool Size=9;Maximum Pool Size=1", "SSL Mode=Sometimes", "=",
        "Nonsense=S3cr3t", "Load Balance Hosts=true;Target Session Attributes=primary", "Multiplexing=true",
        "Options=-c a=b", "Password=", "Kerberos Service Name=", "Default Timeout=S3cr3t", "Foreign Keys=maybe",
        "Database=",
    ];

    public string Name => "sql";

    public int Share => 25;

    public IReadOnlyList<string> Words { get; } =
        [.. Settings, ";", "=", "\"", "'", "S3cr3t", "Password=", "==", "\0", " ", "{", "}"];

    public byte[] Generate(Random random) => Text.Bytes(
        random.One(["Host=db;", "Data Source=a.db;", ""])
            + string.Join(';', Enumerable.Range(0, random.Next(5)).Select(_ => random.One(Settings))));

    public ValueTask<string> RunAsync(byte[] input)
    {
        var text = Text.Of(input);
        try
        {
            var source = SqlSource.Parse("Main", text);
            Promise.That(source.ToString() == source.GetType().FullName, "A source does not print its text.");
            if (source.Dialect == SqlDialect.Postgres)
            {
                using var database = new PostgresDatabase(source);
                var settings = new NpgsqlConnectionStringBuilder(text);
                ConfiguredPasswords.Include(text, settings.Password, settings.SslPassword);
            }
            else
            {
                using var database = new SqliteDatabase(source, 1);
                ConfiguredPasswords.Include(text, new SqliteConnectionStringBuilder(text).Password);
            }

            return new(source.Dialect.ToString());
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            Promise.IsNotIn(Secret.Word, exception.ToString());
            Promise.That(exception.Message.Contains("ConnectionStrings:Main"), "The error names the setting.");
            return new(Outcome.Of(exception.Message) + exception.Message.Length);
        }
    }
}
