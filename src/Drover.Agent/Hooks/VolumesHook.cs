using Drover.Protocol;

namespace Drover.Agent.Hooks;

/// <summary>Makes the named volumes of a container exist, with their driver and options, before the engine would make plain ones.</summary>
public sealed class VolumesHook : IInstanceHook
{
    public async ValueTask<ContainerAssignment> BeforeCreateAsync(ContainerAssignment container, HookScope scope)
    {
        foreach (var mount in container.Spec?.DataVolumes.Items ?? [])
        {
            if (NameOf(mount) is { } name && scope.Assigned.Volumes.TryGetValue(name, out var volume))
                await scope.Runtime.EnsureVolumeAsync(volume, scope.Cancel);
        }

        return container;
    }

    /// <summary>The volume's name in "name:/path[:options]"; null for a path of the host or an anonymous volume.</summary>
    public static string? NameOf(string mount)
        => mount.Split(':') is [{ Length: > 0 } name, _, ..] && name[0] is not ('/' or '.' or '~') ? name : null;
}
