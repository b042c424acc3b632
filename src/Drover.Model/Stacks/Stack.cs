using Drover.Model.Kernel;

namespace Drover.Model.Stacks;

/// <summary>A group of services, usually from compose files.</summary>
[Kind("stack", ShortType = "st", Seen = typeof(StackSeen), Lifecycle = "stack", Reconciled = true)]
[Inherited("name", "cu", Required = true, MinLength = 1, MaxLength = 63, ValidChars = "a-zA-Z0-9-", Filter = true, Reconciles = true)]
[View("serviceIds", "array[reference[service]]", "r")]
[Action("upgrade", Input = "stackUpgrade")]
[Action("forget", IsOwn = true)]
[Action("activateservices")]
[Action("deactivateservices")]
[Action("addoutputs", Input = "addOutputsInput")]
[Action("exportconfig", Input = "composeConfigInput", Output = "composeConfig")]
[View("allowSystemRole", "boolean", "-", NotNull = true, Default = "false")]
[View("upgrade", "kubernetesStackUpgrade", "-", NotNull = true)]
public record Stack : Resource
{
    [Field("c", Type = "map[json]", NotNull = true)]
    public RawJson? Answers { get; init; }

    [Field("cu")]
    public Binding? Binding { get; init; }

    /// <summary>The docker-compose.yml it was created from.</summary>
    [Field("c", NotNull = true)]
    public string? DockerCompose { get; init; }

    /// <summary>Answers: values of the variables in its files.</summary>
    [Field("c", NotNull = true)]
    public EquatableMap<string> Environment { get; init; }

    /// <summary>Where it came from, such as a catalog entry.</summary>
    [Field("cu", MaxLength = 128, Filter = true)]
    public string? ExternalId { get; init; }

    /// <summary>Names that it is listed under, separated by commas.</summary>
    [Field("cu", MaxLength = 255, Filter = true)]
    public string? Group { get; init; }

    /// <summary>Values it gives to others.</summary>
    [Field("cu")]
    public EquatableMap<string> Outputs { get; init; }

    [Field("cu")]
    public EquatableMap<string> PreviousEnvironment { get; init; }

    [Field("cu")]
    public string? PreviousExternalId { get; init; }

    /// <summary>The docker-compose.yml from before its last upgrade; null where there was none.</summary>
    [Internal]
    public string? PreviousDockerCompose { get; init; }

    /// <summary>The rancher-compose.yml from before its last upgrade.</summary>
    [Internal]
    public string? PreviousRancherCompose { get; init; }

    /// <summary>The rancher-compose.yml it was created from.</summary>
    [Field("c", NotNull = true)]
    public string? RancherCompose { get; init; }

    /// <summary>True to activate its services right after its creation.</summary>
    [Field("c")]
    public bool? StartOnCreate { get; init; }

    /// <summary>True where it belongs to the platform.</summary>
    [Field("r", Default = "false", MaxLength = 255, Filter = true), For(Roles.Owner, "cu")]
    public bool System { get; init; }

    [Field("c")]
    public EquatableMap<string> Templates { get; init; }
}

/// <summary>What was observed of a stack.</summary>
public sealed record StackSeen : Seen
{
    /// <summary>The health of its services together (SVC-09).</summary>
    [Field("r", MaxLength = 128, Filter = true)]
    public string? HealthState { get; init; }
}
