using System.Collections.Immutable;
using System.Text.Json;
using Drover.Server.Api.Views;
using Drover.Store;

namespace Drover.Server.Api.Calls;

/// <summary>One request of the API, read and authenticated: what the endpoints need of it.</summary>
public sealed record ApiCall(ApiPath Path, Caller Caller, RoleCatalog Catalog, Snapshot Snapshot, UrlSpace Urls)
{
    private static readonly JsonEncodedText Actions = JsonEncodedText.Encode("actions");
    internal static readonly JsonEncodedText ActionLinks = JsonEncodedText.Encode("actionLinks");

    /// <summary>GET, POST, PUT or DELETE, after `_method`.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>Query parameters in their order.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>The URL without query, as links of collections show it.</summary>
    public string RequestUrl { get; init; } = "";

    /// <summary>True where the client asked for what Drover adds to the contract.</summary>
    public bool WantsOwn { get; init; }

    /// <summary>True where actions are to be called `actionLinks`.</summary>
    public bool WantsActionLinks { get; init; }

    /// <summary>True where the answer is v1's.</summary>
    public bool IsV1 => Path.Speaks == ApiVersion.V1;

    public bool IsPost => Method == "POST";

    internal JsonEncodedText ActionsKey => WantsActionLinks ? ActionLinks : Actions;

    /// <summary>The first value of a query parameter; null where it is absent.</summary>
    public string? Parameter(string name)
    {
        foreach (var (key, value) in Query)
            if (key == name)
                return value;
        return null;
    }

    /// <summary>The same call against a newer state.</summary>
    public ApiCall At(Snapshot snapshot) => this with { Snapshot = snapshot };
}
