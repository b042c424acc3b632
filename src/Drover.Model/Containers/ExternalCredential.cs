using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>The API type externalCredential.</summary>
[Struct("externalCredential")]
public sealed record ExternalCredential
{
}
