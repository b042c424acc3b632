using System.Collections.Immutable;

namespace Drover.Simulator.Hosts;

/// <summary>How a simulated host behaves: data, no code.</summary>
public sealed record FakeBehaviour
{
    /// <summary>What images do that are not named.</summary>
    public ImageBehaviour Default { get; init; } = new();

    /// <summary>By name, such as "nginx:1".</summary>
    public ImmutableDictionary<string, ImageBehaviour> Images { get; init; } = ImmutableDictionary<string, ImageBehaviour>.Empty;

    public TimeSpan CreateTime { get; init; } = TimeSpan.FromMilliseconds(30);

    public TimeSpan StartTime { get; init; } = TimeSpan.FromMilliseconds(80);

    public TimeSpan StopTime { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How old an answer to a look is when it arrives.</summary>
    public TimeSpan LookTime { get; init; }

    public int CpuCount { get; init; } = 4;

    /// <summary>Bytes.</summary>
    public long MemoryBytes { get; init; } = 8L << 30;

    public ImageBehaviour Of(string image) => Images.GetValueOrDefault(image, Default);

    /// <summary>The behaviour with one image set.</summary>
    public FakeBehaviour With(string image, ImageBehaviour behaviour) => this with { Images = Images.SetItem(image, behaviour) };
}

/// <summary>How one image and the containers of it behave.</summary>
public sealed record ImageBehaviour
{
    /// <summary>How long a pull takes; the image is on the host afterwards.</summary>
    public TimeSpan PullTime { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>True where no registry has it.</summary>
    public bool Missing { get; init; }

    /// <summary>The password its registry wants; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>How long each run lasts; null for ever.</summary>
    public TimeSpan? RunsFor { get; init; }

    /// <summary>How runs that end by themselves end.</summary>
    public long ExitCode { get; init; }

    /// <summary>The engine's words where it refuses to create; null where it does not.</summary>
    public string? CreateError { get; init; }

    /// <summary>The engine's words where it refuses to start; null where it does not.</summary>
    public string? StartError { get; init; }

    /// <summary>True where it ignores the signal to stop and is killed when the time is over.</summary>
    public bool IgnoresStop { get; init; }
}
