using Drover.Server.Accounts;

namespace Drover.Server.Environments;

/// <summary>Environments, their members, and accounts.</summary>
internal static class EnvironmentsSlice
{
    public static void Register(ServerParts parts)
    {
        parts.Pieces.Add(new ProjectRules()).Add(new ProjectList()).Add(new SetMembers()).Add(new AccountRules()).Add(new UserPreferences());
        parts.Reconcilers.Add(new EnvironmentReconciler(parts.Store));
    }
}
