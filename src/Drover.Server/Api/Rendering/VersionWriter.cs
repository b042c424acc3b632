using System.Text.Json;
using Drover.Server.Api.Calls;

namespace Drover.Server.Api.Rendering;

/// <summary>Writes the resource of the version itself: one link per collection that the role may list.</summary>
public static class VersionWriter
{
    public static void Write(Utf8JsonWriter json, ApiCall call)
    {
        json.WriteStartObject();
        json.WriteString("id", call.Path.Version);
        json.WriteString("type", "apiVersion");
        json.WriteStartObject("links");
        json.WriteString("self", call.Urls.Root);
        foreach (var kind in call.Catalog.Kinds)
            if (kind.MayList && kind.PluralLower != "schemas")
                json.WriteString(kind.Names.Plural, call.Urls.Collection(kind));
        json.WriteString("schemas", call.Urls.Schemas);
        json.WriteEndObject();
        json.WriteStartObject(call.ActionsKey);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
