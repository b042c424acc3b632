namespace Drover.Server.Projections;

/// <summary>What hosts are told beside their containers.</summary>
internal static class ProjectionsSlice
{
    public static void Register(ServerParts parts) => parts.Projection = new HostProjection(parts.Store);
}
