namespace Drover.Cli;

/// <summary>How a verb ended, for scripts.</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>The server refused, or what was asked for failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line, a file or the configuration is wrong; nothing was asked of the server.</summary>
    public const int Usage = 2;

    /// <summary>The server was not reached or did not let us in.</summary>
    public const int NoServer = 3;

    /// <summary>It was not done in time; the server goes on with it.</summary>
    public const int TimedOut = 4;

    /// <summary>Interrupted.</summary>
    public const int Interrupted = 130;
}
