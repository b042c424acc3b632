using Spectre.Console;

namespace Drover.Cli;

/// <summary>The world around a verb: terminal, variables, current folder, clock and network.</summary>
public sealed record CliContext
{
    /// <summary>Results go here.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Progress and complaints go here.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>What a person types.</summary>
    public required TextReader In { get; init; }

    /// <summary>Draws progress over itself on the error stream; null where that is no terminal.</summary>
    public IAnsiConsole? Screen { get; init; }

    /// <summary>What is typed or piped in, as bytes.</summary>
    public Func<Stream> Input { get; init; } = () => Stream.Null;

    /// <summary>Results as bytes.</summary>
    public Func<Stream> Output { get; init; } = () => Stream.Null;

    /// <summary>The terminal of who types; null where input or output is none.</summary>
    public ITerminal? Terminal { get; init; }

    /// <summary>True where a person types, so that what is secret is not shown.</summary>
    public bool IsTyped { get; init; }

    /// <summary>An environment variable; null where it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The current folder.</summary>
    public required string Folder { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Takes the place of the network; null is the network.</summary>
    public Func<HttpMessageHandler>? Network { get; init; }

    /// <summary>The world of this process.</summary>
    public static CliContext OfProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        In = Console.In,
        Input = Console.OpenStandardInput,
        Output = Console.OpenStandardOutput,
        Terminal = OperatingSystem.IsLinux() ? ProcessTerminal.Find() : null,
        IsTyped = !Console.IsInputRedirected,
        Screen = Console.IsErrorRedirected ? null : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }),
        Variable = Environment.GetEnvironmentVariable,
        Folder = Environment.CurrentDirectory,
    };
}
