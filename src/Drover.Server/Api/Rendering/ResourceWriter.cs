using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Api.Views;

namespace Drover.Server.Api.Rendering;

/// <summary>Writes objects as the contract shows them (api-semantics.md section 3): id, type, links, actions, baseType, name, state, then all fields by name.</summary>
public sealed class ResourceWriter(ApiCall call, KindPieces pieces)
{
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText Links = JsonEncodedText.Encode("links");
    private static readonly JsonEncodedText BaseType = JsonEncodedText.Encode("baseType");

    /// <summary>Writes one object, or null where the caller's role sees none of its types.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="entry">The object.</param>
    /// <param name="included">A link whose objects are embedded under its name; null for none.</param>
    /// <param name="shown">Values that stand over those of the object, such as a secret in the answer to its creation.</param>
    /// <param name="withActions">False where the actions stand beside the resource.</param>
    public void Write(Utf8JsonWriter json, Entry entry, Included? included = null, IReadOnlyDictionary<string, string>? shown = null, bool withActions = true)
    {
        if (call.Catalog.Shown(entry.Kind) is not { } view)
        {
            json.WriteNullValue();
            return;
        }

        var id = IdOf(entry);
        var self = SelfOf(view, id);
        json.WriteStartObject();
        json.WriteString(Id, id);
        json.WriteString(Type, view.TypeText);
        WriteLinks(json, entry, view, self);
        if (withActions) WriteActions(json, entry, view, self, call.ActionsKey);
        json.WriteString(BaseType, view.BaseTypeText);
        WriteFields(json, entry, view, shown);
        included?.Write(json, this);
        if (call.WantsOwn) WriteOwn(json, entry);
        json.WriteEndObject();
    }

    /// <summary>The id of an object on the wire.</summary>
    public static string IdOf(Entry entry)
        => entry.Kind.Declared.NamedId ? entry.Wanted.Name ?? "" : ResourceId.Format(entry.Kind, entry.Id);

    private void WriteLinks(Utf8JsonWriter json, Entry entry, KindView view, string self)
    {
        json.WriteStartObject(Links);
        json.WriteString("self", self);
        foreach (var link in view.Links)
        {
            if (link.Kind == LinkKind.Reference && (entry.Kind.Find(link.Field) is not { } field || pieces.ValueOf(call, entry, field) is null)) continue;
            json.WriteString(link.Name, $"{self}/{link.Word}");
        }

        if (entry.Kind.Name == "project")
            foreach (var kind in call.Catalog.Kinds)
                if (kind.MayList && view.FindLink(kind.Kind.Plural) is null)
                    json.WriteString(kind.Kind.Plural, $"{self}/{kind.PluralLower}");
        foreach (var (name, url) in pieces.ExtraLinks(call, entry)) json.WriteString(name, url);
        json.WriteEndObject();
    }

    /// <summary>Writes the actions alone, as `actionLinks`.</summary>
    public void WriteActionLinks(Utf8JsonWriter json, Entry entry)
    {
        if (call.Catalog.Shown(entry.Kind) is { } view) WriteActions(json, entry, view, SelfOf(view, IdOf(entry)), ApiCall.ActionLinks);
    }

    private string SelfOf(KindView view, string id)
        => call.Urls.Self(view.Kind.Declared.Unlisted ? call.Catalog.FindByWord(view.Kind.Family) ?? view : view, id);

    private void WriteActions(Utf8JsonWriter json, Entry entry, KindView view, string self, JsonEncodedText key)
    {
        json.WriteStartObject(key);
        foreach (var action in Offered(entry, view)) json.WriteString(action.Name, $"{self}/?action={action.Name}");
        json.WriteEndObject();
    }

    /// <summary>The actions that the object offers to the caller now.</summary>
    public IEnumerable<ActionView> Offered(Entry entry, KindView view)
        => view.Actions.Values
            .Where(action => (!action.IsOwn || call.WantsOwn) && action.IsOffered(entry) && pieces.CanRun(entry.Kind, action) && pieces.Offers(call, entry, action.Name))
            .OrderBy(action => action.Name, StringComparer.Ordinal);

    private void WriteFields(Utf8JsonWriter json, Entry entry, KindView view, IReadOnlyDictionary<string, string>? shown)
    {
        if (view.Find("name") is { } name) WriteField(json, entry, view, name, shown);
        if (view.Find("state") is { } state) WriteField(json, entry, view, state, shown);
        foreach (var field in view.Fields)
            if (field.Name is not ("id" or "name" or "state") && !field.Field.Declared.NotInList)
                WriteField(json, entry, view, field, shown);
    }

    private void WriteField(Utf8JsonWriter json, Entry entry, KindView view, FieldView field, IReadOnlyDictionary<string, string>? shown)
    {
        json.WritePropertyName(field.Key);
        if (!call.IsPost && (field.Once || IsHidden(field)))
        {
            json.WriteNullValue();
            return;
        }

        if (shown is not null && shown.TryGetValue(field.Name, out var text))
        {
            json.WriteStringValue(text);
            return;
        }

        var value = (entry.Kind == view.Kind ? field.Field : entry.Kind.Find(field.Name)) is { } own ? pieces.ValueOf(call, entry, own) : null;
        if (value is null && field.Field.Type.Base == "boolean" && !field.Field.Nullable) value = field.Field.Default?.ValueKind == JsonValueKind.True;
        field.Writer.Write(json, value);
        if (field.StampKey is { } stamp && value is DateTimeOffset date) json.WriteNumber(stamp, date.ToUnixTimeMilliseconds());
    }

    /// <summary>What is secret is shown to the agents of an environment's administration alone, whatever the schema's flags say of other roles.</summary>
    private bool IsHidden(FieldView field) => field.Field.Declared.Secret && call.Caller.Role != Roles.ProjectAdmin;

    private static void WriteOwn(Utf8JsonWriter json, Entry entry)
    {
        json.WriteStartObject("drover");
        if (entry.Seen.Why is { } why)
        {
            json.WriteString("why", why.Reason);
            json.WriteString("since", WireDate.Format(why.Since));
            if (why.NextTry is { } next) json.WriteString("nextTry", WireDate.Format(next));
            else json.WriteNull("nextTry");
        }
        else
        {
            json.WriteNull("why");
        }

        json.WriteNumber("revision", entry.Revision);
        json.WriteEndObject();
    }
}
