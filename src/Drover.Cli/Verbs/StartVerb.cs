using System.CommandLine;

namespace Drover.Cli.Verbs;

/// <summary>`drover start`: starts what rests.</summary>
internal static class StartVerb
{
    public static Command Create(CliContext context) =>
        new ActionVerb("start", "started", ["start", "activate", "activateservices"], ["running", "active"])
            .Create(context, "Start stacks, services, containers or hosts that were stopped");
}
