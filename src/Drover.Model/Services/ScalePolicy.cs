using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>The API type scalePolicy.</summary>
[Struct("scalePolicy", Methods = "r")]
public sealed record ScalePolicy
{
    [Field("c", Default = "1", Min = 1)]
    public long? Increment { get; init; }

    [Field("c", Default = "1", Min = 1)]
    public long? Max { get; init; }

    [Field("c", Required = true, Default = "1", Min = 1)]
    public long? Min { get; init; }
}
