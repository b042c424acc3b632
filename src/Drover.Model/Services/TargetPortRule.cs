using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>The API type targetPortRule.</summary>
[Struct("targetPortRule")]
public sealed record TargetPortRule
{
    [Field("c")]
    public string? BackendName { get; init; }

    [Field("c")]
    public string? Hostname { get; init; }

    [Field("c")]
    public string? Path { get; init; }

    [Field("c", Required = true, Min = 1, Max = 65535)]
    public long? TargetPort { get; init; }
}
