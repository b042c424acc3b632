using Drover.Model.Kernel;

namespace Drover.Model.Images;

/// <summary>The image of a container.</summary>
[Kind("image", IsView = true, Methods = "r", Lifecycle = "simple")]
[View("build", "dockerBuild", "-", NotNull = true)]
[View("checksum", "string", "-", MaxLength = 255, Filter = true)]
[View("format", "string", "-", MaxLength = 255, Filter = true)]
[View("instanceKind", "enum", "-", MaxLength = 255, Options = ["container", "virtualMachine"], Filter = true, FilterAs = "string")]
[View("isPublic", "boolean", "-", NotNull = true, MaxLength = 255, Filter = true)]
[View("physicalSizeMb", "int", "-", MaxLength = 255, Filter = true)]
[View("registryCredentialId", "reference[credential]", "-", MaxLength = 255, Filter = true)]
[View("url", "string", "-", MaxLength = 255, Filter = true)]
[View("virtualSizeMb", "int", "-", MaxLength = 255, Filter = true)]
public sealed record Image : Resource
{
}
