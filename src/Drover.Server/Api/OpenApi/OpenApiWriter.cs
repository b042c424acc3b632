using System.Text.Json;
using Drover.Server.Api.Queries;
using Drover.Server.Api.Views;

namespace Drover.Server.Api.OpenApi;

/// <summary>Describes what one role sees of the API as an OpenAPI 3.1 document: the same declarations as the schemas, for generators of clients.</summary>
/// <param name="catalog">What the role sees.</param>
/// <param name="root">The address that all paths are below.</param>
public sealed class OpenApiWriter(RoleCatalog catalog, string root)
{
    private readonly OpenApiSchemas _schemas = new(catalog);

    /// <summary>Writes the document; returns to the caller after each piece of some kilobytes, so that it can be sent on.</summary>
    public IEnumerable<int> Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("openapi", "3.1.1");
        json.WriteStartObject("info");
        json.WriteString("title", "Drover API");
        json.WriteString("version", "v2-beta");
        json.WriteString("description", "The Rancher 1.x API as Drover answers it. Ids are texts such as 1s7. What is created or acted on answers at once; `transitioning` is `yes` until it is done.");
        json.WriteEndObject();
        json.WriteStartArray("servers");
        json.WriteStartObject();
        json.WriteString("url", root);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("security");
        WriteSecurity(json, "key");
        WriteSecurity(json, "session");
        json.WriteEndArray();
        json.WriteStartObject("paths");
        foreach (var kind in catalog.Kinds)
        {
            WriteCollection(json, kind);
            if (kind.Methods.Length > 0) WriteResource(json, kind);
            foreach (var link in kind.Links)
                if (catalog.Find(link.Target) is { } target)
                    WriteLink(json, kind, link, target);
            yield return json.BytesPending;
        }

        json.WriteEndObject();
        json.WriteStartObject("components");
        json.WriteStartObject("schemas");
        foreach (var shape in _schemas.Shapes)
        {
            _schemas.Write(json, shape);
            yield return json.BytesPending;
        }

        OpenApiCommon.WriteSchemas(json);
        json.WriteEndObject();
        OpenApiCommon.WriteRest(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCollection(Utf8JsonWriter json, KindView kind)
    {
        if (kind is { MayList: false, MayCreate: false }) return;
        json.WriteStartObject("/" + kind.PluralLower);
        if (kind.MayList)
        {
            Begin(json, "get", kind, "list");
            json.WriteStartArray("parameters");
            foreach (var name in (string[])["limit", "marker", "order", "filters"]) Ref(json, "parameters", name);
            var columns = kind.Columns.Select(column => column.Name).ToList();
            WriteChoice(json, "sort", columns, "The field to sort by; without it the order is that of ids.");
            WriteChoice(json, "include", [.. kind.Links.Select(link => link.Name)], "A link whose objects are embedded.");
            foreach (var column in kind.Columns.Where(column => !OpenApiCommon.IsParameter(column.Name))) WriteFilter(json, column);
            json.WriteEndArray();
            End(json, "200", OpenApiSchemas.CollectionOf(kind));
        }

        if (kind.MayCreate)
        {
            Begin(json, "post", kind, "create");
            WriteBody(json, [OpenApiSchemas.CreateOf(kind)]);
            End(json, "201", kind.Shape.Name);
        }

        json.WriteEndObject();
    }

    private void WriteResource(Utf8JsonWriter json, KindView kind)
    {
        json.WriteStartObject($"/{kind.PluralLower}/{{id}}");
        WriteId(json);
        if (kind.Methods.Contains('r', StringComparison.Ordinal))
        {
            Begin(json, "get", kind, "get");
            End(json, "200", kind.Shape.Name);
        }

        if (kind.MayUpdate)
        {
            Begin(json, "put", kind, "update");
            WriteBody(json, [OpenApiSchemas.UpdateOf(kind)]);
            End(json, "200", kind.Shape.Name);
        }

        if (kind.MayDelete)
        {
            Begin(json, "delete", kind, "delete");
            End(json, "200", kind.Shape.Name);
        }

        WriteActions(json, kind);
        json.WriteEndObject();
    }

    /// <summary>An action is a parameter, and not a path, of the contract: one operation names them all, each with its input and output.</summary>
    private void WriteActions(Utf8JsonWriter json, KindView kind)
    {
        var actions = kind.Actions.Values.Where(action => action is { IsOwn: false, IsClosed: false }).OrderBy(action => action.Name, StringComparer.Ordinal).ToList();
        if (actions.Count == 0) return;
        Begin(json, "post", kind, "act");
        json.WriteString("description", "One action of the object; it offers those of its state in `actions`.");
        json.WriteStartArray("parameters");
        json.WriteStartObject();
        json.WriteString("name", "action");
        json.WriteString("in", "query");
        json.WriteBoolean("required", true);
        OpenApiCommon.WriteEnum(json, actions.Select(action => action.Name));
        json.WriteEndObject();
        json.WriteEndArray();
        string[] inputs = [.. actions.Select(action => _schemas.InputOf(action.Input)).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (inputs.Length > 0) WriteBody(json, inputs, required: false);
        json.WriteStartObject("x-actions");
        foreach (var action in actions)
        {
            json.WriteStartObject(action.Name);
            json.WriteString("input", _schemas.InputOf(action.Input));
            json.WriteString("output", OutputOf(action));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        string[] outputs = [.. actions.Select(OutputOf).OfType<string>().Distinct(StringComparer.Ordinal)];
        json.WriteStartObject("responses");
        foreach (var status in (string[])["200", "202"]) WriteAnswer(json, status, outputs);
        Finish(json);
    }

    private string? OutputOf(ActionView action) => action.Output is { } output && catalog.FindShape(output) is not null ? output : null;

    private static void WriteLink(Utf8JsonWriter json, KindView kind, LinkView link, KindView target)
    {
        json.WriteStartObject($"/{kind.PluralLower}/{{id}}/{link.Name.ToLowerInvariant()}");
        WriteId(json);
        Begin(json, "get", kind, "links." + link.Name);
        End(json, "200", link.Kind == LinkKind.Reference ? target.Shape.Name : OpenApiSchemas.CollectionOf(target));
        json.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter json, string method, KindView kind, string operation)
    {
        json.WriteStartObject(method);
        json.WriteString("operationId", $"{kind.Kind.Name}.{operation}");
        json.WriteStartArray("tags");
        json.WriteStringValue(kind.Kind.Name);
        json.WriteEndArray();
    }

    private static void End(Utf8JsonWriter json, string status, string answer)
    {
        json.WriteStartObject("responses");
        WriteAnswer(json, status, [answer]);
        Finish(json);
    }

    private static void Finish(Utf8JsonWriter json)
    {
        json.WriteStartObject("default");
        json.WriteString("$ref", "#/components/responses/error");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAnswer(Utf8JsonWriter json, string status, string[] types)
    {
        json.WriteStartObject(status);
        json.WriteString("description", status switch { "201" => "Created.", "202" => "Begun.", _ => "Done." });
        if (types.Length > 0) WriteContent(json, types);
        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, string[] types, bool required = true)
    {
        json.WriteStartObject("requestBody");
        if (required) json.WriteBoolean("required", true);
        WriteContent(json, types);
        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, string[] types)
    {
        json.WriteStartObject("content");
        json.WriteStartObject("application/json");
        json.WriteStartObject("schema");
        if (types.Length == 1)
        {
            json.WriteString("$ref", "#/components/schemas/" + types[0]);
        }
        else
        {
            json.WriteStartArray("anyOf");
            foreach (var type in types) Ref(json, "schemas", type);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteId(Utf8JsonWriter json)
    {
        json.WriteStartArray("parameters");
        Ref(json, "parameters", "id");
        json.WriteEndArray();
    }

    private static void WriteChoice(Utf8JsonWriter json, string name, List<string> values, string about)
    {
        if (values.Count == 0) return;
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("in", "query");
        json.WriteString("description", about);
        OpenApiCommon.WriteEnum(json, values);
        json.WriteEndObject();
    }

    private static void WriteFilter(Utf8JsonWriter json, FieldView column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WriteString("in", "query");
        json.WriteString("description", "Modifiers: " + string.Join(", ", Condition.ModifiersOf(column.Field.ComparedAs)));
        json.WriteStartObject("schema");
        OpenApiSchemas.WriteFilterType(json, column);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Ref(Utf8JsonWriter json, string section, string name)
    {
        json.WriteStartObject();
        json.WriteString("$ref", $"#/components/{section}/{name}");
        json.WriteEndObject();
    }

    private static void WriteSecurity(Utf8JsonWriter json, string scheme)
    {
        json.WriteStartObject();
        json.WriteStartArray(scheme);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
