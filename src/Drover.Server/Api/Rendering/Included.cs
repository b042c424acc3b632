using System.Collections.Immutable;
using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Api.Views;

namespace Drover.Server.Api.Rendering;

/// <summary>The objects behind one link, embedded in the object it stands on.</summary>
/// <param name="Name">The link's name.</param>
/// <param name="Many">True for links to a collection.</param>
/// <param name="Entries">What the caller may read of it.</param>
public sealed record Included(string Name, bool Many, ImmutableArray<Entry> Entries)
{
    public static Included Of(LinkView link, IEnumerable<Entry> entries) => new(link.Name, link.Kind != LinkKind.Reference, [.. entries]);

    internal void Write(Utf8JsonWriter json, ResourceWriter writer)
    {
        json.WritePropertyName(Name);
        if (Many)
        {
            json.WriteStartArray();
            foreach (var entry in Entries) writer.Write(json, entry);
            json.WriteEndArray();
        }
        else if (Entries is [var only, ..])
        {
            writer.Write(json, only);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
