using Drover.Model.Kernel;
using Drover.Server.Api.Views;

namespace Drover.Server.Api.Calls;

/// <summary>Writes the URLs of one answer: all in lower case, under the base the caller used and the project it is in.</summary>
public sealed class UrlSpace
{
    /// <param name="origin">Scheme, host and port as the caller knows them.</param>
    /// <param name="version">The version asked for.</param>
    /// <param name="project">The wire id of the project scope; null outside of one.</param>
    public UrlSpace(string origin, string version, string? project)
    {
        Origin = origin.ToLowerInvariant();
        Root = $"{Origin}/{version.ToLowerInvariant()}{(project is null ? "" : "/projects/" + project.ToLowerInvariant())}";
    }

    /// <summary>"http://host:8080".</summary>
    public string Origin { get; }

    /// <summary>Origin, version and project scope: what all URLs start with.</summary>
    public string Root { get; }

    public string Schemas => Root + "/schemas";

    public string Schema(string type) => $"{Root}/schemas/{type.ToLowerInvariant()}";

    public string Collection(Kind kind) => $"{Root}/{kind.Plural.ToLowerInvariant()}";

    public string Collection(KindView kind) => $"{Root}/{kind.PluralLower}";

    public string Self(KindView kind, string id) => $"{Root}/{kind.PluralLower}/{id.ToLowerInvariant()}";
}
