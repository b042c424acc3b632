using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>The entry of the API.</summary>
[Struct("apiVersion", Methods = "")]
public sealed record ApiVersion;
