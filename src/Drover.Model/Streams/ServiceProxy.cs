using Drover.Model.Kernel;

namespace Drover.Model.Streams;

/// <summary>A token that opens HTTP to a service's containers.</summary>
[Kind("serviceProxy", Plural = "serviceProxies", IsView = true, Bare = true, Methods = "cr")]
public sealed record ServiceProxy : Resource
{
    [Field("c", Default = "80", Min = 0)]
    public long? Port { get; init; } = 80;

    [Field("c", Type = "enum", NotNull = true, Default = "\"http\"", Options = ["http", "https"])]
    public string? Scheme { get; init; } = "http";

    [Field("c", NotNull = true, Required = true, MinLength = 1)]
    public string? Service { get; init; }

    [Field("r", NotNull = true)]
    public string? Token { get; init; }

    [Field("r", NotNull = true)]
    public string? Url { get; init; }
}
