using Drover.Model.Kernel;

namespace Drover.Model.Environments;

/// <summary>The API type servicesPortRange.</summary>
[Struct("servicesPortRange", Methods = "cru")]
[Allow(Roles.User | Roles.Admin, "cru")]
public sealed record ServicesPortRange
{
    [Field("cu", Required = true, Min = 1, Max = 65535)]
    public long? EndPort { get; init; }

    [Field("cu", Required = true, Min = 1, Max = 65535)]
    public long? StartPort { get; init; }
}
