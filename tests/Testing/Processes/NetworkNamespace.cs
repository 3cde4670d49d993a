using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace CacheOrleans.Testing.Processes;

/// <summary>Simulates another machine: a network namespace that is connected to this one by one virtual
/// cable.</summary>
public sealed class NetworkNamespace : IDisposable
{
    private const int First = 1;
    private const int Second = 2;

    private readonly int _number;
    private readonly string _name;
    private int _last = Second;

    private NetworkNamespace(int number)
    {
        _number = number;
        _name = string.Create(CultureInfo.InvariantCulture, $"co{number}");
        Here = Address(First);
        There = Address(Second);
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
            Ip($"address add {made.Here}/28 dev {made._name}");
            Ip($"link set {made._name} up");
            Ip($"-n {made._name} address add {made.There}/28 dev there");
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

    /// <summary>Gives this machine one more address on the cable, which can be cut off by itself.</summary>
    public string AddAddress()
    {
        var address = Address(++_last);
        Ip($"address add {address}/28 dev {_name}");
        return address;
    }

    /// <summary>Loses what the other machine sends to an address of this one, its answers too, without an error.
    /// </summary>
    /// <remarks>It goes to a network card that does not exist.</remarks>
    public void Cut(string address) => Ip($"-n {_name} neigh replace {address} lladdr 02:00:00:00:00:01 dev there");

    /// <summary>Ends a cut.</summary>
    public void Mend(string address) => TryIp($"-n {_name} neigh delete {address} dev there");

    public void Dispose() => TryIp($"netns delete {_name}");

    private string Address(int last) => string.Create(CultureInfo.InvariantCulture, $"10.213.{_number}.{last}");

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
