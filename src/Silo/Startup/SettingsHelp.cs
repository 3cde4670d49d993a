using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using CacheOrleans.Silo.Configuration;

namespace CacheOrleans.Silo.Startup;

/// <summary>Adds the settings to the help of commands that take settings.</summary>
/// <param name="help">The help of the command line.</param>
internal sealed class SettingsHelp(HelpAction help) : SynchronousCommandLineAction
{
    private const int Width = 100;
    private const string Indent = "      ";

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command.Arguments is [{ Name: "settings" }])
        {
            Write(parseResult.InvocationConfiguration.Output);
        }

        return code;
    }

    private static void Write(TextWriter output)
    {
        output.WriteLine("""
            Settings and their defaults:
              Set them on the command line, in environment variables (Http__StopDelay), or in appsettings.json.
              Write a time as 00:00:30, 1.12:00:00, 250ms, 30s, 5m, 2h or 1d.

            """);
        foreach (var setting in SettingDescription.All)
        {
            output.WriteLine($"  {setting.Name}{(setting.Default is { } value ? $"={value}" : "")}");
            foreach (var line in Lines(setting.Meaning))
            {
                output.WriteLine(Indent + line);
            }
        }
    }

    private static IEnumerable<string> Lines(string text)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + word.Length >= Width - Indent.Length)
            {
                yield return line;
                line = "";
            }

            line += line.Length > 0 ? $" {word}" : word;
        }

        yield return line;
    }
}
