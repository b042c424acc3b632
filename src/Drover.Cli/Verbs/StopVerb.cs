using System.CommandLine;

namespace Drover.Cli.Verbs;

/// <summary>`drover stop`: lets things rest; nothing is lost.</summary>
internal static class StopVerb
{
    public static Command Create(CliContext context) =>
        new ActionVerb("stop", "stopped", ["stop", "deactivate", "deactivateservices"], ["stopped", "inactive", "started-once"])
            .Create(context, "Stop stacks, services or containers, or let a host take nothing new");
}
