using Drover.Model.Kernel;

namespace Drover.Model.Networks;

/// <summary>A network within one host.</summary>
[Kind("hostOnlyNetwork", Family = "network", Methods = "", Lifecycle = "simple")]
public sealed record HostOnlyNetwork : Network;
