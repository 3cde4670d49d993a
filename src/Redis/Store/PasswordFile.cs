using StackExchange.Redis;

namespace CacheOrleans.Redis.Store;

/// <summary>A file that holds a password, and is read again for each connection that is made.</summary>
/// <remarks>The driver takes the password from its configuration in each handshake, and calls
/// <see cref="ConfigurationOptions.BeforeSocketConnect"/> before it. Connections that are open need no password.
/// </remarks>
internal sealed class PasswordFile(string path)
{
    private const string Option = "passwordFile=";

    /// <summary>Separates the option from those of the driver.</summary>
    public static (string Driver, PasswordFile? File) TakeFrom(string connectionString)
    {
        var files = connectionString.Split(',').ToLookup(
            part => part.TrimStart().StartsWith(Option, StringComparison.OrdinalIgnoreCase));
        return (
            string.Join(',', files[false]),
            files[true].LastOrDefault() is { } option ? new(option.Trim()[Option.Length..]) : null);
    }

    /// <summary>Sets the password now and before each connection.</summary>
    /// <exception cref="IOException">The file cannot be read, or is empty.</exception>
    public void Apply(ConfigurationOptions configuration)
    {
        configuration.Password = Read();
        configuration.BeforeSocketConnect = (_, _, _) =>
        {
            try
            {
                configuration.Password = Read();
            }
            catch (IOException)
            {
                // It is just being replaced, or was taken away; the password that was read before may still be right.
            }
        };
    }

    private string Read()
    {
        try
        {
            var password = File.ReadAllText(path).TrimEnd('\r', '\n');
            return password.Length > 0 ? password : throw new IOException($"'{path}' is empty.");
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException(exception.Message, exception);
        }
    }
}
