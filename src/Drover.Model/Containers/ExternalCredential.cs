using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>The API type externalCredential.</summary>
[Kind("externalCredential", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Platform | Roles.ReadAdmin, "r")]
public sealed record ExternalCredential : Resource;
