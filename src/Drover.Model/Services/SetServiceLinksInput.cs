using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>The API type setServiceLinksInput.</summary>
[Struct("setServiceLinksInput")]
public sealed record SetServiceLinksInput
{
    [Field("c")]
    public EquatableArray<ServiceLink> ServiceLinks { get; init; }
}
