using StackExchange.Redis;

namespace CacheOrleans.Redis.Store;

/// <summary>A file that holds the Redis password, and is read again for each new connection.</summary>
/// <remarks>The driver takes the password from its configuration in each handshake, and calls
/// <see cref="ConfigurationOptions.BeforeSocketConnect"/> before that. Open connections need no password.</remarks>
internal sealed class PasswordFile(string path)
{
    private const string Option = "passwordFile=";

    /// <summary>Separates the <c>passwordFile</c> option from the driver's options.</summary>
    public static (string Driver, PasswordFile? File) TakeFrom(string connectionString)
    {
        var files = connectionString.Split(',').ToLookup(
            part => part.TrimStart().StartsWith(Option, StringComparison.OrdinalIgnoreCase));
        return (
            string.Join(',', files[false]),
            files[true].LastOrDefault() is { } option ? new(option.Trim()[Option.Length..]) : null);
    }

    /// <summary>Sets the password now and again before each new connection.</summary>
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
                // The file is being replaced or was removed; the password that was read before may still be correct.
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
