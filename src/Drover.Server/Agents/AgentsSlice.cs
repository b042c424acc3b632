namespace Drover.Server.Agents;

/// <summary>The accounts of containers that call the API.</summary>
internal static class AgentsSlice
{
    public static void Register(ServerParts parts)
    {
        parts.Claims.Add(new ServiceAccounts(parts.AccountSecrets, parts.Ids));
        parts.Reconcilers.Add(new ServiceAccountReconciler(parts.Store));
    }
}
