using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>The API type serviceLink.</summary>
[Struct("serviceLink")]
[Allow(Roles.User | Roles.Admin, "cr")]
public sealed record ServiceLink
{
    [Field("-", NotNull = true)]
    public long? ConsumingServiceId { get; init; }

    [Field("c", ValidChars = "a-zA-Z0-9-._")]
    public string? Name { get; init; }

    [Field("c", NotNull = true)]
    public string? Service { get; init; }

    [Field("c", NotNull = true), Ref("service")]
    public long? ServiceId { get; init; }

    [Field("r", NotNull = true)]
    public string? Uuid { get; init; }
}
