using System.CommandLine;

namespace Drover.Cli.Verbs;

/// <summary>The options of verbs that wait for what they asked for.</summary>
internal sealed class Waiting
{
    public Option<bool> Detach { get; } = new("--detach", "-d") { Description = "Return as soon as the server has taken it, without waiting" };

    public Option<double> Timeout { get; } = new("--timeout")
    {
        Description = "Seconds to wait at most",
        DefaultValueFactory = _ => 600,
        HelpName = "SECONDS",
    };

    public bool IsWanted(VerbCall call) => !call.Parsed.GetValue(Detach);

    public TimeSpan Limit(VerbCall call) =>
        call.Parsed.GetValue(Timeout) is > 0 and < 1_000_000 and var seconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException("--timeout takes a number of seconds above 0");
}
