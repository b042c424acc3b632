using Drover.Model.Kernel;
using Drover.Server.Settings;
using Drover.Store;

namespace Drover.Server.Environments;

/// <summary>Who may act on hosts and on what belongs to the platform: the roles of setting `modify.infrastructure.roles` (ENV-24).</summary>
public static class Infrastructure
{
    /// <summary>True where the setting names the role, in any letter case.</summary>
    public static bool Admits(Snapshot view, Roles role) => Names(SettingsTable.Value(view, MoreSettings.InfrastructureRoles), role);

    /// <summary>True where a list of role names, set apart by commas, holds the role.</summary>
    public static bool Names(string? list, Roles role)
    {
        var name = role.ToString();
        foreach (var range in (list ?? "").AsSpan().Split(','))
            if (list.AsSpan()[range].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
