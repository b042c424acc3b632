using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>That a container uses a key, as a row.</summary>
[Kind("credentialInstanceMap", IsView = true, Methods = "", Lifecycle = "simple")]
[Inherited("data", "r", MaxLength = 16777215)]
[Inherited("description", "r", MaxLength = 1024, Filter = true)]
[Inherited("name", "r", MaxLength = 255, Filter = true)]
[Inherited("removeTime", "r", MaxLength = 255, Filter = true)]
[Inherited("accountId", "")]
public sealed record CredentialInstanceMap : Resource
{
    [Field("r", MaxLength = 255, Filter = true), Ref("credential")]
    public long? CredentialId { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("instance")]
    public long? InstanceId { get; init; }
}
