using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Api.Views;

namespace Drover.Server.Api.OpenApi;

/// <summary>Writes the types that a role sees as JSON schemas: each as it is answered, and as it is created and updated where that differs.</summary>
internal sealed class OpenApiSchemas(RoleCatalog catalog)
{
    /// <summary>All types of the role by name.</summary>
    public IEnumerable<ShapeView> Shapes { get; } = [.. catalog.Kinds.Concat(catalog.Structs).OrderBy(shape => shape.Shape.Name, StringComparer.Ordinal)];

    /// <summary>The name of a kind's lists.</summary>
    public static string CollectionOf(KindView kind) => kind.Shape.Name + "Collection";

    /// <summary>The name of a type as it is created.</summary>
    public static string CreateOf(ShapeView shape) => shape.Shape.Name + "Create";

    /// <summary>The name of a type as it is updated.</summary>
    public static string UpdateOf(ShapeView shape) => shape.Shape.Name + "Update";

    /// <summary>The name of an action's body; null where it is not looked at or the role does not see its type.</summary>
    public string? InputOf(string? type) => type is not null && catalog.FindShape(type) is { } shape ? CreateOf(shape) : null;

    /// <summary>Writes all forms of a type.</summary>
    public void Write(Utf8JsonWriter json, ShapeView shape)
    {
        json.WriteStartObject(shape.Shape.Name);
        WriteAnswered(json, shape);
        json.WriteEndObject();
        if (shape is not KindView kind || kind.MayCreate || IsInput(kind)) WriteInput(json, CreateOf(shape), shape, field => field.Create, required: true);
        if (shape is KindView { MayUpdate: true }) WriteInput(json, UpdateOf(shape), shape, field => field.Update, required: false);
        if (shape is KindView listed) WriteCollection(json, listed);
    }

    /// <summary>The type of a filter's value: that of the field, without its bounds.</summary>
    public static void WriteFilterType(Utf8JsonWriter json, FieldView column)
        => json.WriteString("type", column.Field.ComparedAs.Base switch { "boolean" => "boolean", "int" when column.Name != "id" => "integer", "float" => "number", _ => "string" });

    private bool IsInput(KindView kind) => catalog.Kinds.Any(other => other.Actions.Values.Any(action => action.Input == kind.Shape.Name));

    private void WriteAnswered(Utf8JsonWriter json, ShapeView shape)
    {
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        WriteTyped(json, "type", "string");
        if (shape is KindView)
        {
            if (shape.Find("id") is null) WriteId(json, shape);
            WriteTyped(json, "baseType", "string");
            OpenApiCommon.WriteAddresses(json, "links");
            OpenApiCommon.WriteAddresses(json, "actions");
        }

        foreach (var field in shape.Fields)
        {
            if (field.Name is "type" or "baseType" or "links" or "actions") continue;
            if (shape is KindView && field.Name == "id")
            {
                WriteId(json, shape);
                continue;
            }

            json.WriteStartObject(field.Name);
            WriteNullable(json, AnsweredAs(shape, field), AlwaysThere(shape, field), (inner, type) => WriteType(inner, type, input: false));
            json.WriteEndObject();
            if (shape is KindView && field.Field.Type.Base == "date") WriteTyped(json, field.Name + "TS", "integer");
        }

        json.WriteEndObject();
        if (shape is not KindView) return;
        WriteRequired(json, ["id", "type", "links", "actions"]);
    }

    /// <summary>1.6 declares the id of what an audit row is about as a number, as it does with `id`, and answers the wire id.</summary>
    private static WireType AnsweredAs(ShapeView shape, FieldView field)
        => (shape.Shape.Name, field.Name) is ("auditLog", "resourceId") ? new WireType("string") : field.Field.Type;

    /// <summary>Ids are texts, though the schemas of 1.6 call them numbers; the few kinds that say their ids themselves may have none.</summary>
    private void WriteId(Utf8JsonWriter json, ShapeView shape)
    {
        json.WriteStartObject("id");
        WriteNullable(json, new WireType("string"), never: !typeof(IOwnId).IsAssignableFrom(shape.Shape.ClrType), (inner, type) => WriteType(inner, type, input: false));
        json.WriteEndObject();
    }

    /// <summary>A field that nobody set is answered as null; these two are always set.</summary>
    private static bool AlwaysThere(ShapeView shape, FieldView field) => shape is KindView && field.Name is "state" or "transitioning";

    private void WriteInput(Utf8JsonWriter json, string name, ShapeView shape, Func<FieldView, bool> writable, bool required)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        var fields = shape.Fields.Where(field => field.Name != "id" && writable(field)).ToList();
        foreach (var field in fields)
        {
            json.WriteStartObject(field.Name);
            WriteNullable(json, field.Field.Type, !field.Field.IsNullableFor(catalog.Role), (inner, type) => WriteType(inner, type, input: true, field.Field));
            if (required && field.Field.Default is { ValueKind: not JsonValueKind.Null } value && !field.Field.Type.IsStruct)
            {
                json.WritePropertyName("default");
                value.WriteTo(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (required) WriteRequired(json, [.. fields.Where(field => field.Field.IsRequiredFor(catalog.Role)).Select(field => field.Name)]);
        json.WriteEndObject();
    }

    private static void WriteCollection(Utf8JsonWriter json, KindView kind)
    {
        json.WriteStartObject(CollectionOf(kind));
        json.WriteStartArray("allOf");
        json.WriteStartObject();
        json.WriteString("$ref", "#/components/schemas/apiCollection");
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        json.WriteStartObject("data");
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        json.WriteString("$ref", "#/components/schemas/" + kind.Shape.Name);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNullable(Utf8JsonWriter json, WireType type, bool never, Action<Utf8JsonWriter, WireType> write)
    {
        if (never || type.Base is "json" or "none")
        {
            write(json, type);
            return;
        }

        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        write(json, type);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "null");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteType(Utf8JsonWriter json, WireType type, bool input, Field? bounds = null)
    {
        switch (type.Base)
        {
            case "array" or "map":
                json.WriteString("type", type.IsArray ? "array" : "object");
                json.WriteStartObject(type.IsArray ? "items" : "additionalProperties");
                WriteType(json, type.Inner!, input);
                json.WriteEndObject();
                break;
            case "json" or "none":
                break;
            case var _ when type.IsStruct:
                if (catalog.FindShape(type.Base) is { } shape) json.WriteString("$ref", "#/components/schemas/" + (input && shape is not KindView ? CreateOf(shape) : shape.Shape.Name));
                else json.WriteString("type", "object");
                break;
            default:
                WriteSimple(json, type, input);
                if (bounds is not null) OpenApiCommon.WriteBounds(json, bounds);
                break;
        }
    }

    private static void WriteSimple(Utf8JsonWriter json, WireType type, bool input)
    {
        json.WriteString("type", type.Base switch { "int" => "integer", "float" => "number", "boolean" => "boolean", _ => "string" });
        if (type.Base switch { "int" => "int64", "date" => "date-time", "password" when input => "password", _ => null } is { } format) json.WriteString("format", format);
        if (type.IsReference) json.WriteString("description", $"Id of a {type.Leaf}.");
    }

    private static void WriteTyped(Utf8JsonWriter json, string name, string type)
    {
        json.WriteStartObject(name);
        json.WriteString("type", type);
        json.WriteEndObject();
    }

    private static void WriteRequired(Utf8JsonWriter json, string[] names)
    {
        if (names.Length == 0) return;
        json.WriteStartArray("required");
        foreach (var name in names) json.WriteStringValue(name);
        json.WriteEndArray();
    }
}
