using System.Text.Json.Nodes;
using Drover.Model.Kernel;
using Drover.Server.Api;
using Drover.Server.Api.Calls;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Catalogs;

/// <summary>
/// `/v1-catalog`: the service of catalogs that 1.6 ran beside the API (CAT-15), without any catalog. Clients open it before they list
/// stacks, so it says what there is: nothing. It stands below `projects/1a5` too, as clients make its address from the API's.
/// </summary>
internal static class CatalogRoutes
{
    private const string Root = "/v1-catalog";

    private static readonly (string Type, string Plural)[] Types = [("catalog", "catalogs"), ("template", "templates"), ("templateVersion", "templateversions")];

    public static void Register(ServerParts parts)
    {
        parts.Route(new ServerRoute(Root, RouteRule.Caller, (http, _) => AnswerAsync(http)));
        parts.Route(new ServerRoute(Root + "/", RouteRule.Caller, (http, _) => AnswerAsync(http)));
    }

    private static Task AnswerAsync(HttpContext http)
    {
        if (http.Request.Method is not ("GET" or "HEAD")) throw new ProblemException(new Problem("Method not allowed", Message: "Method not allowed", Status: 405));
        var words = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToArray();
        var scope = words is ["projects", { } project, ..] && ResourceId.TryParse(project, out _) ? words[..2] : [];
        var at = Origin.Of(http.Request) + string.Join('/', [Root, .. scope]);
        http.Response.Headers["X-API-Schemas"] = at + "/schemas";
        var body = words[scope.Length..] switch
        {
            [] => Version(at),
            ["schemas"] or ["schemas", "schemas"] => Collection("schema", at + "/schemas", Types.Select(type => Schema(at, type.Type, type.Plural))),
            [{ } word] when Types.FirstOrDefault(type => type.Plural.Equals(word, StringComparison.OrdinalIgnoreCase)) is { Type: { } type, Plural: { } plural }
                => Collection(type, $"{at}/{plural}", []),
            _ => throw new ProblemException(Problem.NotFound() with { Detail = "This server has no catalog" }),
        };
        return Answer.Json(json => body.WriteTo(json)).SendAsync(http);
    }

    private static JsonObject Version(string at) => new()
    {
        ["id"] = Root[1..],
        ["type"] = "apiVersion",
        ["links"] = new JsonObject([new("self", at), new("schemas", at + "/schemas"), .. Types.Select(type => KeyValuePair.Create<string, JsonNode?>(type.Plural, $"{at}/{type.Plural}"))]),
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
