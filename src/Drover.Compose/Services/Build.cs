using System.Text.Json.Nodes;
using Drover.Compose.Codecs;
using Drover.Compose.Files;
using Drover.Compose.Yaml;

namespace Drover.Compose.Services;

/// <summary>Reads <c>build</c>: a URL that every host can fetch; a folder of the caller cannot be built from.</summary>
internal static class Build
{
    /// <summary>The record as it is exported; what stands at the URL is fetched by the host.</summary>
    public static readonly RecordCodec Record = new(
        new ComposeKey("context", "remote", Codec.Text, Required: true),
        new ComposeKey("dockerfile", "dockerfile", Codec.Text),
        new ComposeKey("args", "args", new IgnoredCodec()));

    private static readonly string[] Schemes = ["http://", "https://", "git://", "git@", "ssh://", "github.com/"];

    public static JsonObject? Read(Found build, ServiceSource source)
    {
        var record = build.Node is YamlScalar ? Short(build, source) : build.Read(Record) as JsonObject;
        if (record?["remote"]?.ToString() is not { } remote)
            return null;
        if (Array.Exists(Schemes, scheme => remote.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)))
            return record;
        build.Spot.Refuse(build.Node, ComposeCodes.InvalidFormat, $"'{remote}' is not a git or http URL; a folder of the caller is out of the hosts' reach");
        return null;
    }

    private static JsonObject? Short(Found build, ServiceSource source)
    {
        if (build.Read(Codec.Text) is not { } remote)
            return null;
        var record = new JsonObject { ["remote"] = remote };
        if (source.Find("dockerfile")?.Read(Codec.Text) is { } dockerfile)
            record["dockerfile"] = dockerfile;
        return record;
    }
}
