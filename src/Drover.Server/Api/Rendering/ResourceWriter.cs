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
    private static readonly JsonEncodedText Self = JsonEncodedText.Encode("self");
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

        var plan = pieces.PlanOf(call.Catalog, view, entry.Kind);
        var id = view.IdOf(entry);
        var self = new Address(id is null ? "" : call.Urls.Self(plan.Self, id), stackalloc char[Address.Room]);
        json.WriteStartObject();
        json.WriteString(Id, id);
        json.WriteString(Type, view.TypeText);
        if (id is not null) WriteLinks(json, entry, plan, self);
        else WriteNone(json, Links);
        if (withActions) WriteActions(json, entry, plan, self, call.ActionsKey);
        json.WriteString(BaseType, view.BaseTypeText);
        foreach (var field in plan.Fields)
            if (field.View.Name != included?.Name)
                WriteField(json, entry, field, shown);
        included?.Write(json, this);
        if (call.WantsOwn) WriteOwn(json, entry);
        json.WriteEndObject();
    }

    /// <summary>Writes the actions alone, as `actionLinks`.</summary>
    public void WriteActionLinks(Utf8JsonWriter json, Entry entry)
    {
        if (call.Catalog.Shown(entry.Kind) is not { } view || view.IdOf(entry) is not { } id) return;
        var plan = pieces.PlanOf(call.Catalog, view, entry.Kind);
        WriteActions(json, entry, plan, new Address(call.Urls.Self(plan.Self, id), stackalloc char[Address.Room]), ApiCall.ActionLinks);
    }

    /// <summary>True where the object offers the action to the caller now.</summary>
    public bool Offers(Entry entry, KindView view, ActionView action)
    {
        var plan = pieces.PlanOf(call.Catalog, view, entry.Kind);
        return plan.Actions.Contains(action) && Offers(entry, plan, action);
    }

    private bool Offers(Entry entry, ResourcePlan plan, ActionView action)
    {
        if ((action.IsOwn && !call.WantsOwn) || !action.IsOffered(entry)) return false;
        foreach (var filter in plan.ActionFilters)
            if (!filter.Offers(call, entry, action.Name))
                return false;
        return true;
    }

    private void WriteLinks(Utf8JsonWriter json, Entry entry, ResourcePlan plan, Address self)
    {
        json.WriteStartObject(Links);
        self.Write(json, Self, "", "");
        foreach (var link in plan.Links)
            if (link.Reference?.ValueOf(call, entry) is not null || link.Reference is null)
                self.Write(json, link.Name, "/", link.Word);
        foreach (var (name, word) in plan.Collections) self.Write(json, name, "/", word);
        foreach (var (name, link) in plan.OwnLinks)
            if (link.Shows(call, entry))
                self.Write(json, name, "/", link.WordOf(call, entry));
        foreach (var piece in plan.ExtraLinks)
            foreach (var (name, url) in piece.Links(call, entry))
                json.WriteString(name, url);
        json.WriteEndObject();
    }

    /// <summary>What has no address of its own links to nothing.</summary>
    private static void WriteNone(Utf8JsonWriter json, JsonEncodedText name)
    {
        json.WriteStartObject(name);
        json.WriteEndObject();
    }

    private void WriteActions(Utf8JsonWriter json, Entry entry, ResourcePlan plan, Address self, JsonEncodedText key)
    {
        json.WriteStartObject(key);
        foreach (var action in plan.Actions)
            if (Offers(entry, plan, action))
                self.Write(json, action.Key, "/?action=", action.Name);
        json.WriteEndObject();
    }

    private void WriteField(Utf8JsonWriter json, Entry entry, PlannedField field, IReadOnlyDictionary<string, string>? shown)
    {
        var view = field.View;
        json.WritePropertyName(view.Key);
        if (!call.IsPost && (view.Once || IsHidden(view)))
        {
            json.WriteNullValue();
            return;
        }

        if (shown is not null && shown.TryGetValue(view.Name, out var text))
        {
            json.WriteStringValue(text);
            return;
        }

        var value = field.ValueOf(call, entry);
        view.Writer.Write(json, value);
        if (view.StampKey is { } stamp && value is DateTimeOffset date) json.WriteNumber(stamp, WireDate.Whole(date).ToUnixTimeMilliseconds());
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
