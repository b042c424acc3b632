using System.Collections.Immutable;
using Drover.Protocol;

namespace Drover.Agent.Engine;

/// <summary>Hears what the engine shows. Calls come from any thread, in the order in which the engine was asked.</summary>
internal interface IEngineListener
{
    /// <summary>A look that begins now is named after this.</summary>
    long Stamp { get; }

    /// <summary>All there is.</summary>
    void Listed(EngineView view, long stamp);

    void Noticed(RuntimeEvent happened);

    void Observed(string engineId, ContainerStatus? status, long stamp);

    /// <summary>The engine does not answer; <see cref="Listed"/> comes when it does again.</summary>
    void Lost(string reason);
}

/// <summary>All that an engine has.</summary>
internal sealed record EngineView(HostDescription Host, ImmutableArray<ContainerStatus> Containers, ImmutableArray<VolumeStatus> Volumes);
