using System.Collections.Immutable;
using Drover.Model.Kernel;
using Drover.Protocol;

namespace Drover.Simulator.Hosts;

/// <summary>A container on a <see cref="FakeRuntime"/>.</summary>
internal sealed class FakeContainer(string id, string uuid, string name, string image)
{
    public string Id { get; } = id;

    public string Uuid { get; } = uuid;

    public string Name { get; } = name;

    public string Image { get; } = image;

    public bool ByHand { get; init; }

    public string? Address { get; init; }

    public ImmutableArray<string> Ports { get; init; } = [];

    /// <summary>What it was created with.</summary>
    public EquatableMap<string> Environment { get; init; }

    /// <summary>The engine's id of the container whose network it shares; null for its own.</summary>
    public string? NetworkFrom { get; init; }

    public DateTimeOffset Created { get; init; }

    public SeenState State { get; set; } = SeenState.Created;

    public long? ExitCode { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Counts its runs, so that an end that was planned for one run ends no other.</summary>
    public int Run { get; set; }

    public ContainerStatus Status() => new()
    {
        Uuid = Uuid,
        EngineId = Id,
        State = State,
        ExitCode = State == SeenState.Exited ? ExitCode : null,
        StartedAt = StartedAt,
        FinishedAt = State == SeenState.Exited ? FinishedAt : null,
        Address = State == SeenState.Running ? Address : null,
        Imported = ByHand ? new ImportedContainer(Name, Image, default, EquatableMap.Of<string>(), default, default, Name, "bridge", Created) : null,
    };
}
