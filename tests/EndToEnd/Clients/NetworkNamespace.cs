using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace CacheOrleans.EndToEnd.Clients;

/// <summary>Simulates another machine: a network namespace that is connected to this one by one virtual
/// cable.</summary>
internal sealed class NetworkNamespace : IDisposable
{
    private readonly string _name;

    private NetworkNamespace(int number)
    {
        _name = string.Create(CultureInfo.InvariantCulture, $"co{number}");
        Here = string.Create(CultureInfo.InvariantCulture, $"10.213.{number}.1");
        There = string.Create(CultureInfo.InvariantCulture, $"10.213.{number}.2");
    }

    /// <summary>This machine's address on the cable.</summary>
    public string Here { get; }

    /// <summary>The other machine's address on the cable.</summary>
    public string There { get; }

    /// <summary>Creates a namespace, or returns null if that is not possible: it needs root and the program
    /// <c>ip</c>.</summary>
    public static NetworkNamespace? TryCreate()
    {
        var made = new NetworkNamespace(Environment.ProcessId % 250);
        try
        {
            if (!TryIp($"netns add {made._name}"))
            {
                return null;
            }

            Ip($"link add {made._name} type veth peer name there netns {made._name}");
            Ip($"address add {made.Here}/30 dev {made._name}");
            Ip($"link set {made._name} up");
            Ip($"-n {made._name} address add {made.There}/30 dev there");
            Ip($"-n {made._name} link set there up");
            Ip($"-n {made._name} link set lo up");
            return made;
        }
        catch (Win32Exception)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            made.Dispose();
            return null;
        }
    }

    /// <summary>Makes a process start on the other machine.</summary>
    public void Enter(ProcessStartInfo start)
    {
        string[] arguments = ["netns", "exec", _name, start.FileName];
        for (var i = 0; i < arguments.Length; i++)
        {
            start.ArgumentList.Insert(i, arguments[i]);
        }

        start.FileName = "ip";
    }

    public void Dispose() => TryIp($"netns delete {_name}");

    private static void Ip(string arguments)
    {
        if (!TryIp(arguments))
        {
            throw new InvalidOperationException($"'ip {arguments}' failed.");
        }
    }

    private static bool TryIp(string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
