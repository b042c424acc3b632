using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>One link of a service to another, as a row.</summary>
[Kind("serviceConsumeMap", IsView = true, Methods = "r", Lifecycle = "link")]
[Inherited("name", "r", MaxLength = 255, Filter = true)]
public sealed record ServiceConsumeMap : Resource
{
    [Field("r", MaxLength = 255, Filter = true)]
    public string? ConsumedService { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("service")]
    public long? ConsumedServiceId { get; init; }

    [Field("r", Required = true)]
    public EquatableArray<string> Ports { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("service")]
    public long? ServiceId { get; init; }
}
