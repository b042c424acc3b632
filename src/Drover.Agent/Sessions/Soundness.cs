using Drover.Protocol;

namespace Drover.Agent.Sessions;

/// <summary>What a decoder lets through and no agent may act on.</summary>
public static class Soundness
{
    /// <summary>True where everything in the message has a name.</summary>
    public static bool IsSound(Assignments message)
        => message.Containers.Items.All(container => container is { Uuid.Length: > 0 } && IsSound(container))
            && message.RemovedContainers.Items.All(IsName)
            && message.Volumes.Items.All(volume => volume is { Name.Length: > 0, Driver.Length: > 0 })
            && message.RemovedVolumes.Items.All(IsName)
            && message.Network is null or { Subnet.Length: > 0, Gateway.Length: > 0 };

    private static bool IsSound(ContainerAssignment container)
        => container.NetworkFrom is null or { Length: > 0 }
            && container.VolumesFrom.Items.All(IsName)
            && container.StartAfter.Items.All(IsName)
            && (container.Spec?.DataVolumes.Items.All(IsName) ?? true);

    private static bool IsName(string? name) => !string.IsNullOrEmpty(name);
}
