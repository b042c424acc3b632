using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Queries;
using Drover.Server.Api.V1;
using Drover.Server.Api.Views;

namespace Drover.Server.Api.Rendering;

/// <summary>Writes schemas as the contract shows them (api-semantics.md section 5).</summary>
public sealed class SchemaWriter(ApiCall call)
{
    /// <summary>The collection of all schemas that the caller's role sees, by name.</summary>
    public void WriteAll(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "collection");
        json.WriteString("resourceType", "schema");
        json.WriteStartObject("links");
        json.WriteString("self", call.Urls.Schemas);
        json.WriteEndObject();
        WriteEmpty(json, "createTypes");
        WriteEmpty(json, "actions");
        json.WriteStartArray("data");
        if (call.Catalog.Frozen is { } frozen)
            foreach (var schema in frozen.All) FrozenSchemas.Write(json, schema, call.Urls);
        else
            foreach (var shape in call.Catalog.Kinds.Cast<ShapeView>().Concat(call.Catalog.Structs).OrderBy(s => s.Shape.Name, StringComparer.Ordinal)) Write(json, shape);
        json.WriteEndArray();
        WriteEmpty(json, "sortLinks");
        json.WriteNull("pagination");
        json.WriteNull("sort");
        WriteEmpty(json, "filters");
        WriteEmpty(json, "createDefaults");
        json.WriteEndObject();
    }

    /// <summary>One schema.</summary>
    public void Write(Utf8JsonWriter json, ShapeView shape)
    {
        var kind = shape as KindView;
        var name = shape.Shape.Name;
        json.WriteStartObject();
        json.WriteString("id", name);
        json.WriteString("type", "schema");
        json.WriteStartObject("links");
        json.WriteString("self", call.Urls.Schema(name));
        if (kind is { MayList: true }) json.WriteString("collection", call.Urls.Collection(kind));
        json.WriteEndObject();
        WriteEmpty(json, "actions");
        json.WriteString("pluralName", kind?.Names.Plural ?? ((StructShape)shape.Shape).Plural);
        json.WriteStartObject("resourceFields");
        foreach (var field in Fields(shape)) WriteField(json, field, call.Caller.Role);
        json.WriteEndObject();
        json.WriteStartObject("collectionFilters");
        if ((kind ?? Extended(shape)) is { } filtered) WriteFilters(json, filtered, call.Catalog);
        json.WriteEndObject();
        json.WriteStartArray("includeableLinks");
        foreach (var link in Links(shape)) json.WriteStringValue(link.Name);
        json.WriteEndArray();
        json.WriteStartObject("resourceActions");
        foreach (var action in Actions(shape).Where(a => !a.IsOwn).OrderBy(a => a.Name, StringComparer.Ordinal)) WriteAction(json, action);
        json.WriteEndObject();
        WriteEmpty(json, "collectionActions");
        WriteEmpty(json, "collectionFields");
        WriteMethods(json, kind, shape, call.Caller.Role);
        json.WriteString("baseType", "schema");
        json.WriteEndObject();
    }

    private IEnumerable<FieldView> Fields(ShapeView shape)
        => Extended(shape) is not { } kind
            ? shape.Fields
            : shape.Fields.Concat(kind.Fields.Where(f => f.Name != "name" && shape.Shape.Find(f.Name) is null)).OrderBy(f => f.Name, StringComparer.Ordinal);

    private IEnumerable<LinkView> Links(ShapeView shape)
    {
        if (shape is KindView kind) return kind.Links;
        if (Extended(shape) is not { } extended) return [];
        var fields = Fields(shape).Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        return extended.Links.Where(link => link.Kind != LinkKind.Reference || fields.Contains(link.Field));
    }

    private IEnumerable<ActionView> Actions(ShapeView shape)
        => shape is KindView kind ? kind.Actions.Values
            : Extended(shape) is { } extended && (((StructShape)shape.Shape).ActionRoles & call.Caller.Role) != 0 ? extended.Actions.Values.Where(action => !action.IsAlone || call.Caller.Role == Roles.Superadmin)
            : [];

    private KindView? Extended(ShapeView shape)
        => shape.Shape is StructShape { Extends: { } name } ? call.Catalog.FindByWord(name) : null;

    private static void WriteField(Utf8JsonWriter json, FieldView field, Roles role)
    {
        var declared = field.Field.Declared;
        json.WriteStartObject(field.Key);
        json.WriteString("type", field.Field.Type.ToString());
        json.WriteNull("description");
        json.WriteBoolean("create", field.Create);
        json.WriteBoolean("update", field.Update);
        if (field.Field.IsNullableFor(role)) json.WriteBoolean("nullable", true);
        if (field.Field.Default is { } value)
        {
            json.WritePropertyName("default");
            value.WriteTo(json);
        }

        if (declared.Unique) json.WriteBoolean("unique", true);
        if (field.Field.IsRequiredFor(role)) json.WriteBoolean("required", true);
        if (declared.ValidChars is { } valid) json.WriteString("validChars", valid);
        if (declared.InvalidChars is { } invalid) json.WriteString("invalidChars", invalid);
        if (declared.Min != long.MinValue) json.WriteNumber("min", declared.Min);
        if (declared.Max != long.MaxValue) json.WriteNumber("max", declared.Max);
        if (declared.MinLength >= 0) json.WriteNumber("minLength", declared.MinLength);
        if (declared.MaxLength >= 0) json.WriteNumber("maxLength", declared.MaxLength);
        if (declared.Options is { } options)
        {
            json.WriteStartArray("options");
            foreach (var option in options) json.WriteStringValue(option);
            json.WriteEndArray();
        }

        json.WriteBoolean("readOnCreateOnly", field.Once);
        json.WriteEndObject();
    }

    private static void WriteFilters(Utf8JsonWriter json, KindView kind, RoleCatalog catalog)
    {
        foreach (var (name, type) in kind.Filters.Where(column => Shows(kind, column.Type, catalog)))
        {
            json.WriteStartObject(name);
            json.WriteStartArray("modifiers");
            foreach (var modifier in Condition.ModifiersOf(type)) json.WriteStringValue(modifier);
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    /// <summary>Agents see no columns, only what was declared to be compared by equality; some kinds hide columns that name types which the role does not see.</summary>
    private static bool Shows(KindView kind, WireType column, RoleCatalog catalog)
        => catalog.Role is Roles.Agent or Roles.AgentRegister ? column.Base == "equal"
            : !kind.Kind.Declared.PrunesFilters || !column.IsReference || catalog.FindShape(column.Leaf) is not null;

    private static void WriteAction(Utf8JsonWriter json, ActionView action)
    {
        json.WriteStartObject(action.Name);
        json.WriteString("input", action.Input);
        json.WriteString("output", action.Output);
        json.WriteEndObject();
    }

    private static void WriteMethods(Utf8JsonWriter json, KindView? kind, ShapeView shape, Roles role)
    {
        var methods = kind?.Methods ?? ((StructShape)shape.Shape).Methods.Of(role);
        json.WriteStartArray("collectionMethods");
        if (kind is { MayList: true }) json.WriteStringValue("GET");
        if (methods.Contains('c', StringComparison.Ordinal)) json.WriteStringValue("POST");
        json.WriteEndArray();
        json.WriteStartArray("resourceMethods");
        if (methods.Contains('r', StringComparison.Ordinal)) json.WriteStringValue("GET");
        if (methods.Contains('u', StringComparison.Ordinal)) json.WriteStringValue("PUT");
        if (methods.Contains('d', StringComparison.Ordinal)) json.WriteStringValue("DELETE");
        json.WriteEndArray();
    }

    private static void WriteEmpty(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject(name);
        json.WriteEndObject();
    }
}
