using Drover.Model.Kernel;

namespace Drover.Model.Credentials;

/// <summary>The base type of keys and tokens: lists them all.</summary>
[Kind("credential", IsBase = true, Methods = "r", Lifecycle = "simple")]
[Allow(Roles.Platform, "cr")]
[View("secretValue", "password", "r", MaxLength = 4096, Filter = true, Secret = true, For = Roles.Platform, ForAccess = "c")]
[View("publicValue", "string", "r", MaxLength = 4096, Filter = true, For = Roles.Platform, ForAccess = "c")]
[View("registryId", "reference[storagePool]", "-", MaxLength = 255, Filter = true)]
public sealed record Credential : Resource;
