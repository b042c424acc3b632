using Drover.Model.Services;

namespace Drover.Server.Services;

/// <summary>What the last action asked of a service's upgrade (UPG-04).</summary>
public enum UpgradePhase
{
    /// <summary>There is none under way: what it left aside goes.</summary>
    None,

    /// <summary>Batches are replaced, and what they replaced is kept.</summary>
    Forward,

    /// <summary>No further batch begins.</summary>
    Paused,

    /// <summary>What was replaced comes back.</summary>
    Back,
}

/// <summary>Reads the phase of an upgrade from what was asked of the service last. Pure.</summary>
public static class UpgradePhases
{
    /// <summary>The phase; a finished upgrade is none.</summary>
    public static UpgradePhase Of(Service service) => service.State switch
    {
        "upgrading" => UpgradePhase.Forward,
        "canceling-upgrade" => UpgradePhase.Paused,
        "rolling-back" => UpgradePhase.Back,
        _ => UpgradePhase.None,
    };

    /// <summary>The state in which the phase rests, whatever happens to the containers; null where the service is as any other.</summary>
    public static string? RestOf(Service service) => Of(service) switch
    {
        UpgradePhase.Forward => "upgraded",
        UpgradePhase.Paused => "canceled-upgrade",
        _ => null,
    };
}
