using Drover.Model.Kernel;

namespace Drover.Model.Events;

/// <summary>A process that an external handler asks for.</summary>
[Struct("externalHandlerProcessConfig", Methods = "")]
[Allow(Roles.Platform, "cr")]
[Allow(Roles.ReadAdmin, "r")]
public sealed record ExternalHandlerProcessConfig
{
    [Field("c", NotNull = true)]
    public string? Name { get; init; }

    [Field("c", NotNull = true)]
    public string? OnError { get; init; }
}
