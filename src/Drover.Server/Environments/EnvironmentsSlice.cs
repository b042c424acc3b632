namespace Drover.Server.Environments;

/// <summary>Environments and their members.</summary>
internal static class EnvironmentsSlice
{
    public static void Register(ServerParts parts)
    {
        parts.Pieces.Add(new ProjectRules());
    }
}
