using System.Globalization;
using System.Text;
using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Queries;
using Drover.Server.Api.Views;

namespace Drover.Server.Api.Rendering;

/// <summary>Writes collections as the contract shows them (api-semantics.md section 4).</summary>
public sealed class CollectionWriter(ApiCall call, ResourceWriter resources)
{
    /// <summary>Writes a whole list with its page, order and filters.</summary>
    public void WriteList(Utf8JsonWriter json, KindView kind, CollectionQuery query, Page page, Func<Entry, Included?> include)
    {
        Open(json, kind);
        WriteData(json, page, include);
        WriteSortLinks(json, kind);
        WritePagination(json, query, page);
        WriteSort(json, query);
        json.WriteStartObject("filters");
        foreach (var field in kind.Columns) WriteFilter(json, query, field);
        json.WriteEndObject();
        json.WriteStartObject("createDefaults");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes the objects behind a child link; these lists have no pages, order or filters.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="kind">What the link leads to.</param>
    /// <param name="page">The objects.</param>
    /// <param name="defaults">What a new member would have set: field and wire id of the parent; null where it cannot be created.</param>
    /// <param name="query">Limit and offset, for links that have pages; null for the others.</param>
    public void WriteLink(Utf8JsonWriter json, KindView kind, Page page, (string Field, string Id)? defaults, CollectionQuery? query)
    {
        Open(json, kind);
        WriteData(json, page, _ => null);
        WriteEmpty(json, "sortLinks");
        if (query is null) json.WriteNull("pagination");
        else WritePagination(json, query, page);
        json.WriteNull("sort");
        WriteEmpty(json, "filters");
        json.WriteStartObject("createDefaults");
        if (defaults is { } set) json.WriteString(set.Field, set.Id);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Opens a collection up to its data.</summary>
    private void Open(Utf8JsonWriter json, KindView kind)
    {
        json.WriteStartObject();
        json.WriteString("type", "collection");
        json.WriteString("resourceType", kind.Names.Listed);
        json.WriteStartObject("links");
        json.WriteString("self", call.RequestUrl);
        json.WriteEndObject();
        json.WriteStartObject("createTypes");
        var children = call.Catalog.Kinds.Where(k => k.Kind.BaseType == kind.Kind.Name && k.Kind != kind.Kind).ToList();
        if (children.Count > 0)
            foreach (var child in children.Prepend(kind).Where(k => k.MayCreate))
                json.WriteString(child.Names.Name, call.Urls.Collection(child));
        json.WriteEndObject();
        WriteEmpty(json, "actions");
    }

    private void WriteData(Utf8JsonWriter json, Page page, Func<Entry, Included?> include)
    {
        json.WriteStartArray("data");
        foreach (var entry in page.Entries) resources.Write(json, entry, include(entry));
        json.WriteEndArray();
    }

    private void WriteSortLinks(Utf8JsonWriter json, KindView kind)
    {
        var sorted = new Address(Url(("sort", ""), "order", "marker"), stackalloc char[Address.Room]);
        json.WriteStartObject("sortLinks");
        foreach (var field in kind.Columns) sorted.Write(json, field.Key, field.Name, "");
        json.WriteEndObject();
    }

    private void WritePagination(Utf8JsonWriter json, CollectionQuery query, Page page)
    {
        json.WriteStartObject("pagination");
        json.WriteNull("first");
        json.WriteNull("previous");
        if (page.HasMore) json.WriteString("next", Url(("marker", string.Create(CultureInfo.InvariantCulture, $"m{query.Offset + query.Limit}"))));
        else json.WriteNull("next");
        json.WriteNumber("limit", query.Limit);
        json.WriteNull("total");
        json.WriteBoolean("partial", page.HasMore);
        json.WriteEndObject();
    }

    private void WriteSort(Utf8JsonWriter json, CollectionQuery query)
    {
        if (query.Sort is not { } sort)
        {
            json.WriteNull("sort");
            return;
        }

        json.WriteStartObject("sort");
        json.WriteString("name", sort.Name);
        json.WriteString("order", query.Descending ? "desc" : "asc");
        json.WriteString("reverse", Url(("order", query.Descending ? "asc" : "desc"), "marker"));
        json.WriteEndObject();
    }

    private static void WriteFilter(Utf8JsonWriter json, CollectionQuery query, FieldView field)
    {
        if (!query.Conditions.TryGetValue(field.Name, out var conditions))
        {
            json.WriteNull(field.Key);
            return;
        }

        json.WriteStartArray(field.Key);
        foreach (var condition in conditions)
        {
            json.WriteStartObject();
            json.WriteString("value", condition.Value);
            json.WriteString("modifier", condition.Modifier);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEmpty(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject(name);
        json.WriteEndObject();
    }

    /// <summary>The request's URL with one parameter set and some left out.</summary>
    private string Url((string Name, string Value) set, params string[] without)
    {
        var url = new StringBuilder(call.RequestUrl).Append('?');
        foreach (var (name, value) in call.Query)
        {
            if (name == set.Name || without.Contains(name, StringComparer.Ordinal)) continue;
            url.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value)).Append('&');
        }

        return url.Append(set.Name).Append('=').Append(Uri.EscapeDataString(set.Value)).ToString();
    }
}
