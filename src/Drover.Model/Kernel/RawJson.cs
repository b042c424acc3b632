using System.Text.Json;
using System.Text.Json.Nodes;

namespace Drover.Model.Kernel;

/// <summary>A JSON value of free form, kept as its text and compared by it.</summary>
public sealed record RawJson(string Text)
{
    public static RawJson From(JsonElement element) => new(JsonSerializer.Serialize(element));

    public static RawJson From(JsonNode node) => new(node.ToJsonString());

    public JsonNode? ToNode() => JsonNode.Parse(Text);

    public JsonElement ToElement()
    {
        using var document = JsonDocument.Parse(Text);
        return document.RootElement.Clone();
    }

    public override string ToString() => Text;
}
