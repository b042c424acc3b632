using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>The API type externalCredential.</summary>
[Struct("externalCredential", Methods = "")]
public sealed record ExternalCredential
{
}
