using Drover.Model.Kernel;

namespace Drover.Model.Images;

/// <summary>The image of a container.</summary>
[Kind("image", IsView = true, Methods = "r", Lifecycle = "simple")]
public sealed record Image : Resource
{
}
