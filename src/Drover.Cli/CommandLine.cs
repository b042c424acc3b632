using System.CommandLine;
using Drover.Cli.Verbs;

namespace Drover.Cli;

/// <summary>The verbs that talk to a server.</summary>
public static class CommandLine
{
    /// <summary>One command per verb, in the order of the help text.</summary>
    public static IEnumerable<Command> Verbs(CliContext context) =>
    [
        UpVerb.Create(context),
        PsVerb.Create(context),
        ScaleVerb.Create(context),
        StartVerb.Create(context),
        StopVerb.Create(context),
        RmVerb.Create(context),
        LogsVerb.Create(context),
        ExecVerb.Create(context),
        InspectVerb.Create(context),
        ExportVerb.Create(context),
        HostsVerb.Create(context),
        EnvVerb.Create(context),
        LoginVerb.Create(context),
    ];
}
