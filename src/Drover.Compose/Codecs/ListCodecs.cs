using System.Text.Json.Nodes;
using Drover.Compose.Yaml;

namespace Drover.Compose.Codecs;

/// <summary>A list of texts; a single text in the file is a list of one.</summary>
internal class TextListCodec : Codec
{
    public override JsonNode? Read(YamlNode node, Spot spot)
    {
        var texts = new JsonArray();
        if (node is YamlScalar single)
        {
            if (single.Kind != ScalarKind.Null && single.Text.Length > 0)
                Add(texts, single, spot);
        }
        else if (node is YamlList list)
        {
            for (var index = 0; index < list.Items.Count; index++)
            {
                if (list.Items[index] is YamlScalar { Kind: not ScalarKind.Null } item)
                    Add(texts, item, spot.Item(index));
                else
                    spot.Item(index).WrongType(list.Items[index], "text");
            }
        }
        else
        {
            spot.WrongType(node, "a list of texts");
        }

        return texts.Count > 0 ? texts : null;
    }

    public override YamlNode? Write(JsonNode value)
    {
        if (value is not JsonArray { Count: > 0 } list)
            return null;
        return new YamlList(Place.None, [.. list.Select(item => Quoted(item?.ToString() ?? ""))]);
    }

    /// <summary>Adds what one item of the file means: itself, unless a codec says more.</summary>
    protected virtual void Add(JsonArray texts, YamlScalar item, Spot spot) => texts.Add(item.Text);
}

/// <summary>A list of words out of a fixed set, upper case in the API, with or without <c>CAP_</c> in the file.</summary>
internal sealed class CapabilityListCodec(params string[] known) : TextListCodec
{
    protected override void Add(JsonArray texts, YamlScalar item, Spot spot)
    {
        var name = item.Text.ToUpperInvariant();
        if (name.StartsWith("CAP_", StringComparison.Ordinal))
            name = name[4..];
        if (Array.IndexOf(known, name) < 0)
            spot.Refuse(item, ComposeCodes.InvalidOption, $"'{item.Text}' is not a capability");
        else
            texts.Add(name);
    }
}

/// <summary>The words of a command: a list, or one text that is split as a shell would, without running one.</summary>
internal sealed class WordsCodec : TextListCodec
{
    public override JsonNode? Read(YamlNode node, Spot spot)
    {
        if (node is not YamlScalar { Kind: not ScalarKind.Null } text)
            return base.Read(node, spot);
        if (ShellWords.Split(text.Text) is not { } words)
        {
            spot.Refuse(node, ComposeCodes.InvalidFormat, "a quote is opened and not closed");
            return null;
        }

        return words.Count > 0 ? new JsonArray([.. words.Select(word => (JsonNode)JsonValue.Create(word))]) : null;
    }
}

/// <summary>Names with addresses: a list of <c>name:address</c> or a map; in the API the list.</summary>
internal sealed class HostListCodec : TextListCodec
{
    public override JsonNode? Read(YamlNode node, Spot spot)
    {
        if (node is not YamlMap map)
            return base.Read(node, spot);
        var hosts = new JsonArray();
        foreach (var entry in map.Entries)
        {
            if (entry.Value is YamlScalar { Kind: not ScalarKind.Null } address)
                hosts.Add($"{entry.Key}:{address.Text}");
            else
                spot.Child(entry.Key).WrongType(entry.Value, "an address");
        }

        return hosts.Count > 0 ? hosts : null;
    }
}
