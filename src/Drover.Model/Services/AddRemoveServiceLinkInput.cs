using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>The API type addRemoveServiceLinkInput.</summary>
[Struct("addRemoveServiceLinkInput")]
public sealed record AddRemoveServiceLinkInput
{
    [Field("c", Required = true, NotNull = true)]
    public ServiceLink? ServiceLink { get; init; }
}
