using Drover.Model.Kernel;

namespace Drover.Model.Networks;

/// <summary>The default network of an environment.</summary>
[Kind("defaultNetwork", Family = "network", IsView = true, Unlisted = true, Methods = "r", Lifecycle = "simple")]
[Inherited("kind", "c", MaxLength = 255, Filter = true)]
[Inherited("networkDriverId", "-", NotNull = true, Required = true, MaxLength = 255, Filter = true)]
public sealed record DefaultNetwork : Network;
