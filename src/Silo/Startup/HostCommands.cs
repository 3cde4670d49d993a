using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace CacheOrleans.Silo.Startup;

/// <summary>The command line: a silo with settings, or one of the commands.</summary>
internal static class HostCommands
{
    /// <summary>Runs the silo or the command that the arguments name; writes an error if they are invalid.</summary>
    public static async Task<ExitCode> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var parsed = Root().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            await error.WriteLineAsync($"{parsed.Errors[0].Message} --help lists commands and settings.");
            return ExitCode.Configuration;
        }

        // The host has handlers of its own for signals and exceptions.
        return (ExitCode)await parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = output,
            Error = error,
        });
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("Runs a silo of CacheOrleans until it is asked to stop.");
        Command[] commands = [MakeCertificatesCommand.Create(), SeedCatalog()];
        foreach (var command in commands)
        {
            root.Subcommands.Add(command);
        }

        var settings = Settings([.. commands.Select(command => command.Name)]);
        root.Arguments.Add(settings);
        root.SetAction(async (parsed, _) => (int)await SiloProgram.RunAsync(parsed.GetValue(settings)!));
        foreach (var command in commands)
        {
            command.Validators.Add(result =>
            {
                if (result.GetResult(settings) is { Tokens.Count: > 0 })
                {
                    result.AddError($"{command.Name} comes first, followed by its arguments.");
                }
            });
        }

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new SettingsHelp((HelpAction)help.Action!);
        return root;
    }

    private static Command SeedCatalog()
    {
        var settings = Settings([]);
        var command = new Command(
            "seed-catalog",
            "Writes the sample's data into the PostgreSQL database of ConnectionStrings:Catalog, and exits. Tables of "
            + "the same names are replaced.")
        {
            settings,
        };
        command.SetAction(async (parsed, _) => (int)await SeedCatalogCommand.RunAsync(parsed.GetValue(settings)!));
        return command;
    }

    private static Argument<string[]> Settings(string[] commands)
    {
        var settings = new Argument<string[]>("settings")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Settings, as --Name=value, --Name value or Name=value.",
        };
        settings.Validators.Add(result =>
        {
            if (SettingArguments.Check([.. result.Tokens.Select(token => token.Value)], commands) is { } wrong)
            {
                result.AddError(wrong);
            }
        });
        return settings;
    }
}
