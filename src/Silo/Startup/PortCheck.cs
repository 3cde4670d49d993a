using System.Net;
using System.Net.Sockets;
using CacheOrleans.Silo.Configuration;

namespace CacheOrleans.Silo.Startup;

/// <summary>Checks the HTTP ports before the silo joins the cluster, so that a host that cannot serve never joins.
/// </summary>
/// <remarks>Another process may still take a port afterwards; then the server fails when it starts.</remarks>
internal static class PortCheck
{
    /// <exception cref="StartFailureException">A port is in use.</exception>
    public static void Run(ListenAddresses addresses)
    {
        foreach (var url in addresses.Urls)
        {
            var address = BindingAddress.Parse(url);
            if (address.IsUnixPipe || address.Port == 0)
            {
                continue;
            }

            try
            {
                using var listener = new TcpListener(Interface(address.Host), address.Port);
                listener.Start();
            }
            catch (SocketException exception)
            {
                throw new StartFailureException(
                    ExitCode.Configuration, $"Cannot listen on {url}: {exception.Message}.", exception);
            }
        }
    }

    private static IPAddress Interface(string host)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
        {
            return address;
        }

        return ListenAddresses.IsLoopbackName(host) ? IPAddress.Loopback : IPAddress.Any;
    }
}
