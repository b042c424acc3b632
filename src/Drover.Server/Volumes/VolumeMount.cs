using System.Collections.Immutable;
using Drover.Model.Containers;

namespace Drover.Server.Volumes;

/// <summary>An entry of `dataVolumes` that names a volume: `name:/path[:mode]`.</summary>
/// <param name="Name">The name as the user wrote it.</param>
/// <param name="Path">Where it is mounted in the container.</param>
/// <param name="Mode">"ro" and the like; null where none is given.</param>
public sealed record VolumeMount(string Name, string Path, string? Mode)
{
    /// <summary>The entry in the engine's form, with another name.</summary>
    public string As(string engineName) => Mode is null ? $"{engineName}:{Path}" : $"{engineName}:{Path}:{Mode}";

    /// <summary>Reads an entry; null where it is a path of the host or an anonymous volume.</summary>
    public static VolumeMount? Parse(string text)
    {
        var parts = text.Split(':');
        return parts.Length is 2 or 3 && parts[0].Length > 0 && parts[0][0] is not ('/' or '.' or '~') && parts[1].StartsWith('/')
            ? new VolumeMount(parts[0], parts[1], parts.Length == 3 ? parts[2] : null)
            : null;
    }

    /// <summary>The named volumes of a container.</summary>
    public static ImmutableArray<VolumeMount> Of(ContainerSpec spec)
        => spec.DataVolumes.Count == 0 ? [] : [.. spec.DataVolumes.Items.Select(Parse).OfType<VolumeMount>()];
}
