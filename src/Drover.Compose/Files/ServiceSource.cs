using System.Text.Json.Nodes;
using Drover.Compose.Codecs;
using Drover.Compose.Yaml;

namespace Drover.Compose.Files;

/// <summary>What one file says about one service.</summary>
internal sealed record Section(YamlMap Map, KeyPath Key);

/// <summary>A value that a service has, and where it stands.</summary>
internal readonly record struct Found(YamlNode Node, Spot Spot)
{
    public JsonNode? Read(Codec codec) => codec.Read(Node, Spot);

    public JsonNode? Read(ComposeKey key) => key.Read(Node, Spot);
}

/// <summary>One service as both files describe it; where both set a key, rancher-compose.yml counts.</summary>
internal sealed class ServiceSource
{
    private readonly Findings _findings;

    public ServiceSource(string name, Section? docker, Section? rancher, Findings findings)
    {
        (Name, Docker, Rancher, _findings) = (name, docker, rancher, findings);
        Labels = new JsonObject();
        foreach (var label in Both("labels").SelectMany(found => TextMapCodec.Entries(found.Node, found.Spot)))
            Labels[label.Name] = label.Value ?? "";
    }

    public string Name { get; }
    public Section? Docker { get; }
    public Section? Rancher { get; }

    /// <summary>The labels of both files.</summary>
    public JsonObject Labels { get; }

    /// <summary>Where the service begins, for problems about all of it.</summary>
    public Place Place => (Docker ?? Rancher)!.Map.Place;

    /// <summary>The path of the service's key in the file where it begins.</summary>
    public KeyPath Key => (Docker ?? Rancher)!.Key;

    /// <summary>The label's text, or null where it is absent or empty.</summary>
    public string? Label(string name) => Labels[name]?.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>The key's value, or null where neither file sets it to anything but null.</summary>
    public Found? Find(string key) => InRancher(key) ?? InDocker(key);

    public Found? InDocker(string key) => In(Docker, key);

    public Found? InRancher(string key) => In(Rancher, key);

    /// <summary>The key's values in both files, docker-compose.yml first.</summary>
    public IEnumerable<Found> Both(string key) => new[] { InDocker(key), InRancher(key) }.OfType<Found>();

    /// <summary>The text of the key, or null.</summary>
    public string? Text(string key) => (string?)Find(key)?.Read(Codec.Text);

    /// <summary>The place and path of a key, or of the service where the key is absent.</summary>
    public void Refuse(string? key, string code, string message)
    {
        if (key is not null && Find(key) is { } found)
            found.Spot.Refuse(found.Node, code, message);
        else
            _findings.Refuse(Place, key is null ? Key : Key.Child(key), code, message);
    }

    public void Warn(string key, string code, string message)
    {
        if (Find(key) is { } found)
            found.Spot.Warn(found.Node, code, message);
    }

    private Found? In(Section? section, string key) =>
        section?.Map.Find(key) is { } node && node is not YamlScalar { Kind: ScalarKind.Null } ? new Found(node, new Spot(section.Key.Child(key), _findings)) : null;
}
