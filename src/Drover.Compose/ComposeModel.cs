using System.Text.Json.Nodes;
using Drover.Compose.Catalogs;

namespace Drover.Compose;

/// <summary>A stack as its files describe it, in the API's own words.</summary>
/// <param name="Services">Primaries with their sidekicks inside, each after those it depends on or links to, as far as that is possible.</param>
/// <param name="VolumeTemplates">Bodies of <c>volumeTemplate</c>, without <c>stackId</c>.</param>
/// <param name="Catalog">What rancher-compose.yml says about the template, or null.</param>
public sealed record ComposeModel(IReadOnlyList<ComposedService> Services, IReadOnlyList<JsonObject> VolumeTemplates, CatalogEntry? Catalog);

/// <summary>One service to be created by a POST of its body.</summary>
/// <param name="Kind">The API type: one of <see cref="ServiceKinds"/>.</param>
/// <param name="Name">The service's name, as in the body.</param>
/// <param name="Body">The request body in wire names, without <c>stackId</c>; where an id belongs stands the name that <paramref name="References"/> lists.</param>
/// <param name="Links">Links to other services, for <c>setservicelinks</c>.</param>
/// <param name="References">Places in the body where a name must be replaced by an id.</param>
/// <param name="DependsOn">Names of services of this file that <c>depends_on</c> names; they only order the start.</param>
/// <param name="UpgradeStrategy">The fields of <c>inServiceUpgradeStrategy</c> that the file sets for later upgrades, or null.</param>
public sealed record ComposedService(
    string Kind,
    string Name,
    JsonObject Body,
    IReadOnlyList<ServiceLink> Links,
    IReadOnlyList<ComposeReference> References,
    IReadOnlyList<string> DependsOn,
    JsonObject? UpgradeStrategy = null)
{
    /// <summary>The body with every name replaced by the id that <paramref name="find"/> knows, and the references for which it knew none.</summary>
    public (JsonObject Body, IReadOnlyList<ComposeReference> Missing) WithIds(Func<ComposeReference, string?> find)
    {
        var body = (JsonObject)Body.DeepClone();
        var missing = new List<ComposeReference>();
        foreach (var reference in References)
        {
            if (find(reference) is { } id)
                reference.Put(body, id);
            else
                missing.Add(reference);
        }

        return (body, missing);
    }
}

/// <summary>A link to a service, by default one of the same stack.</summary>
/// <param name="Stack">Another stack's name, or null for the same one.</param>
/// <param name="Service">The linked service's name.</param>
/// <param name="Alias">The name under which the linking containers find it.</param>
public sealed record ServiceLink(string? Stack, string Service, string Alias);
