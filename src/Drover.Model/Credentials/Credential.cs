using Drover.Model.Kernel;

namespace Drover.Model.Credentials;

/// <summary>The base type of keys and tokens: lists them all.</summary>
[Kind("credential", IsBase = true, Methods = "r", Lifecycle = "simple")]
[View("secretValue", "password", "o", MaxLength = 4096, Filter = true, Secret = true)]
[View("publicValue", "string", "r", MaxLength = 4096, Filter = true)]
public sealed record Credential : Resource;
