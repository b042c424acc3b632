using System.Text.Json.Nodes;
using Drover.Model.Kernel;
using Drover.Server.Api;
using Drover.Server.Api.Calls;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Proxies;

/// <summary>
/// A service that 1.6 ran beside the API and of which there is nothing here yet: its types and empty lists. Clients open them before they show
/// anything else (CAT-15, clients.md section 4, ui.md section 2.9), and below `projects/1a5` too, as they make the address from the API's.
/// </summary>
/// <param name="root">Its path.</param>
/// <param name="types">Its types with their plurals.</param>
internal sealed class EmptyFace(string root, params (string Type, string Plural)[] types)
{
    /// <summary>No catalog can be configured.</summary>
    public static EmptyFace Catalog { get; } = new("/v1-catalog", ("catalog", "catalogs"), ("template", "templates"), ("templateVersion", "templateversions"));

    /// <summary>No receiver can be created.</summary>
    public static EmptyFace Webhooks { get; } = new("/v1-webhooks", ("receiver", "receivers"));

    public void Register(ServerParts parts)
    {
        parts.Route(new ServerRoute(root, RouteRule.Caller, (http, _) => AnswerAsync(http)));
        parts.Route(new ServerRoute(root + "/", RouteRule.Caller, (http, _) => AnswerAsync(http)));
    }

    private Task AnswerAsync(HttpContext http)
    {
        if (http.Request.Method is not ("GET" or "HEAD")) throw new ProblemException(new Problem("Method not allowed", Message: "Method not allowed", Status: 405));
        var words = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToArray();
        var scope = words is ["projects", { } project, ..] && ResourceId.TryParse(project, out _) ? words[..2] : [];
        var at = Origin.Of(http.Request) + string.Join('/', [root, .. scope]);
        http.Response.Headers["X-API-Schemas"] = at + "/schemas";
        var body = words[scope.Length..] switch
        {
            [] => Version(at),
            ["schemas"] or ["schemas", "schemas"] => Collection("schema", at + "/schemas", types.Select(type => Schema(at, type.Type, type.Plural))),
            ["schemas", { } word] when Find(word) is var (type, plural) => Schema(at, type, plural),
            [{ } word] when Find(word) is var (type, plural) => Collection(type, $"{at}/{plural}", []),
            _ => throw new ProblemException(Problem.NotFound() with { Detail = $"There is nothing in {root}" }),
        };
        return Answer.Json(json => body.WriteTo(json)).SendAsync(http);
    }

    private (string Type, string Plural)? Find(string word)
    {
        foreach (var type in types)
            if (type.Type.Equals(word, StringComparison.OrdinalIgnoreCase) || type.Plural.Equals(word, StringComparison.OrdinalIgnoreCase))
                return type;
        return null;
    }

    private JsonObject Version(string at) => new()
    {
        ["id"] = root[1..],
        ["type"] = "apiVersion",
        ["links"] = new JsonObject([new("self", at), new("schemas", at + "/schemas"), .. types.Select(type => KeyValuePair.Create<string, JsonNode?>(type.Plural, $"{at}/{type.Plural}"))]),
        ["actions"] = new JsonObject(),
    };

    private static JsonObject Schema(string at, string type, string plural) => new()
    {
        ["id"] = type,
        ["type"] = "schema",
        ["links"] = new JsonObject { ["self"] = $"{at}/schemas/{type}", ["collection"] = $"{at}/{plural}" },
        ["actions"] = new JsonObject(),
        ["pluralName"] = plural,
        ["resourceMethods"] = new JsonArray("GET"),
        ["collectionMethods"] = new JsonArray("GET"),
        ["resourceFields"] = new JsonObject(),
    };

    private static JsonObject Collection(string type, string self, IEnumerable<JsonObject> rows) => new()
    {
        ["type"] = "collection",
        ["resourceType"] = type,
        ["links"] = new JsonObject { ["self"] = self },
        ["actions"] = new JsonObject(),
        ["data"] = new JsonArray([.. rows]),
    };
}
