using System.Net;
using System.Net.Sockets;

namespace CacheOrleans.EndToEnd.Outages;

/// <summary>Every command that a Redis runs, as its MONITOR command shows them.</summary>
internal sealed class RedisMonitor : IDisposable
{
    private readonly TcpClient _client = new();
    private StreamReader _lines = StreamReader.Null;

    public static async Task<RedisMonitor> StartAsync(int port)
    {
        var monitor = new RedisMonitor();
        await monitor._client.ConnectAsync(IPAddress.Loopback, port);
        monitor._lines = new StreamReader(monitor._client.GetStream());
        await monitor._client.GetStream().WriteAsync("MONITOR\r\n"u8.ToArray());
        Assert.Equal("+OK", await monitor._lines.ReadLineAsync());
        return monitor;
    }

    /// <summary>Reads the commands that ran before one that contains the given words.</summary>
    public async Task<List<string>> ReadUntilAsync(string words)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        List<string> commands = [];
        while (await _lines.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains(words, StringComparison.Ordinal))
            {
                return commands;
            }

            commands.Add(line);
        }

        throw new IOException("Redis ended the connection.");
    }

    public void Dispose()
    {
        _lines.Dispose();
        _client.Dispose();
    }
}
