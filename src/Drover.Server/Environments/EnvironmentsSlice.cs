using Drover.Server.Accounts;
using Drover.Server.Containers;
using Drover.Server.Stacks;

namespace Drover.Server.Environments;

/// <summary>Environments, their members, and accounts.</summary>
internal static class EnvironmentsSlice
{
    public static void Register(ServerParts parts)
    {
        parts.Pieces
            .Add(new ProjectRules(new TemplateStacks(new ComposedStack(parts.Catalogs)), parts.Store)).Add(new ProjectList()).Add(new ProjectActions())
            .Add(new SetMembers()).Add(new ProjectMembers()).Add(new ProjectTemplateRules())
            .Add(new PlatformGuard("stack")).Add(new PlatformGuard("service")).Add(new PlatformGuard("instance"))
            .Add(new HostGuard("host")).Add(new HostGuard("physicalHost")).Add(new ExecGuard())
            .Add(new AccountRules()).Add(new UserPreferences());
        parts.Reconcilers.Add(new EnvironmentReconciler(parts.Store));
        parts.Reconcilers.Add(new AccountReconciler(parts.Store));
    }
}
