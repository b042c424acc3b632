using System.Collections.Immutable;
using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Api;
using Drover.Server.Api.Calls;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Proxies;

/// <summary>
/// A service that stood beside the API in 1.6 and of which there is nothing here yet: types that can be listed, and empty lists. Clients ask for
/// them before they show anything else (`rancher stack ls`, clients.md section 4), so that "not found" would end what has nothing to do with it.
/// </summary>
/// <param name="name">The first segment of its paths.</param>
/// <param name="kinds">Its types, each with its plural.</param>
internal sealed class EmptyFace(string name, params ImmutableArray<(string Kind, string Plural)> kinds)
{
    /// <summary>No catalog and no receiver can be configured.</summary>
    public static ImmutableArray<EmptyFace> All { get; } =
    [
        new("v1-catalog", ("catalog", "catalogs"), ("template", "templates"), ("templateVersion", "templateversions")),
        new("v1-webhooks", ("receiver", "receivers")),
    ];

    public void Register(ServerParts parts)
    {
        parts.Route(new ServerRoute("/" + name, RouteRule.Caller, (http, _) => AnswerAsync(http)));
        parts.Route(new ServerRoute($"/{name}/", RouteRule.Caller, (http, _) => AnswerAsync(http)));
    }

    private Task AnswerAsync(HttpContext http)
    {
        var parts = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries)[1..];
        // Clients that were given an environment's address keep its part of the path.
        var scope = parts is ["projects" or "project", var project, ..] && ResourceId.TryParse(project, out _) ? "/projects/" + project.ToLowerInvariant() : "";
        if (scope.Length > 0) parts = parts[2..];
        var root = $"{Origin.Of(http.Request).ToLowerInvariant()}/{name}{scope}";
        http.Response.Headers["X-API-Schemas"] = root + "/schemas";
        Action<Utf8JsonWriter> answer = parts switch
        {
            [] => json => WriteVersion(json, root),
            ["schemas" or "schema"] => json => WriteList(json, root, "schemas", "schema", kinds),
            ["schemas" or "schema", var asked] when kinds.Any(k => Is(k, asked)) => json => WriteSchema(json, root, kinds.First(k => Is(k, asked))),
            [var asked] when kinds.Any(k => Is(k, asked)) => json => WriteList(json, root, kinds.First(k => Is(k, asked)).Plural, kinds.First(k => Is(k, asked)).Kind, []),
            _ => throw new ProblemException(Problem.NotFound()),
        };
        return http.Request.Method is "GET" or "HEAD" ? Answer.Json(answer).SendAsync(http) : throw new ProblemException(new Problem("Method not allowed", Message: "Method not allowed", Status: 405));
    }

    private static bool Is((string Kind, string Plural) kind, string asked)
        => kind.Kind.Equals(asked, StringComparison.OrdinalIgnoreCase) || kind.Plural.Equals(asked, StringComparison.OrdinalIgnoreCase);

    private void WriteVersion(Utf8JsonWriter json, string root)
    {
        json.WriteStartObject();
        json.WriteString("id", name);
        json.WriteString("type", "apiVersion");
        json.WriteStartObject("links");
        json.WriteString("self", root);
        json.WriteString("schemas", root + "/schemas");
        foreach (var (_, plural) in kinds) json.WriteString(plural, $"{root}/{plural}");
        json.WriteEndObject();
        json.WriteStartObject("actions");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string root, string plural, string kind, ImmutableArray<(string Kind, string Plural)> schemas)
    {
        json.WriteStartObject();
        json.WriteString("type", "collection");
        json.WriteString("resourceType", kind);
        json.WriteStartObject("links");
        json.WriteString("self", $"{root}/{plural}");
        json.WriteEndObject();
        json.WriteStartObject("actions");
        json.WriteEndObject();
        json.WriteStartArray("data");
        foreach (var schema in schemas) WriteSchema(json, root, schema);
        json.WriteEndArray();
        json.WriteNull("pagination");
        json.WriteNull("sort");
        foreach (var none in (string[])["sortLinks", "filters", "createTypes", "createDefaults"])
        {
            json.WriteStartObject(none);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteSchema(Utf8JsonWriter json, string root, (string Kind, string Plural) kind)
    {
        json.WriteStartObject();
        json.WriteString("id", kind.Kind);
        json.WriteString("type", "schema");
        json.WriteString("pluralName", kind.Plural);
        json.WriteStartObject("links");
        json.WriteString("self", $"{root}/schemas/{kind.Kind.ToLowerInvariant()}");
        json.WriteString("collection", $"{root}/{kind.Plural}");
        json.WriteEndObject();
        foreach (var none in (string[])["actions", "resourceFields", "collectionFilters", "resourceActions", "collectionActions"])
        {
            json.WriteStartObject(none);
            json.WriteEndObject();
        }

        foreach (var methods in (string[])["collectionMethods", "resourceMethods"])
        {
            json.WriteStartArray(methods);
            json.WriteStringValue("GET");
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
