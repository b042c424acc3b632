using System.Globalization;
using System.Text.Json.Nodes;
using Drover.Compose.Codecs;
using Drover.Compose.Services;
using Drover.Compose.Yaml;

namespace Drover.Compose.Export;

/// <summary>Writes one launch config into the sections of both files.</summary>
internal static class LaunchConfigWriter
{
    private const string HashLabel = "io.rancher.service.hash";

    public static void Write(JsonObject config, SectionBuilder docker, SectionBuilder rancher)
    {
        docker.Add("image", Image(config));
        docker.Add("build", Build.Record, config["build"]);
        docker.Add(LaunchKeys.Docker, config);
        docker.Add("hostname", config["hostname"]?.ToString());
        docker.Add("environment", Codec.TextMap, config["environment"]);
        docker.Add("network_mode", Network(config));
        docker.Add("networks", Aliases(config));
        docker.Add("volumes_from", VolumesFrom(config));
        docker.Add("logging", LogConfig.Logging, config["logConfig"]);
        Devices(config, docker);
        docker.Add("secrets", Secrets(config));
        docker.Add("labels", Codec.TextMap, Labels(config));
        if (config["kind"]?.ToString() == "virtualMachine")
            rancher.Add("type", "virtualMachine");
        rancher.Add(LaunchKeys.Rancher, config);
    }

    /// <summary>The labels without the hash, which is computed anew from what is written.</summary>
    public static JsonObject? Labels(JsonObject config)
    {
        if (config["labels"] is not JsonObject labels)
            return null;
        var kept = (JsonObject)labels.DeepClone();
        kept.Remove(HashLabel);
        return kept.Count > 0 ? kept : null;
    }

    /// <summary>The names of the secrets that the launch config mounts.</summary>
    public static IEnumerable<string> SecretsOf(JsonObject config) =>
        (config["secrets"] as JsonArray ?? []).Select(mount => mount?["secretId"]?.ToString()).OfType<string>();

    private static string? Image(JsonObject config)
    {
        var image = config["imageUuid"]?.ToString();
        return image is not null && image.StartsWith("docker:", StringComparison.Ordinal) ? image["docker:".Length..] : image;
    }

    private static string? Network(JsonObject config)
    {
        var mode = config["networkMode"]?.ToString();
        if (config["networkLaunchConfig"]?.ToString() is { Length: > 0 } member)
            return "container:" + member;
        return mode == NetworkMode.Managed ? null : mode;
    }

    private static YamlMap? Aliases(JsonObject config) =>
        config["netAlias"] is { } aliases && Codec.TextList.Write(aliases) is { } list
            ? Single("default", Single("aliases", list))
            : null;

    private static YamlMap Single(string key, YamlNode value) => new(Place.None, [new YamlEntry(key, Place.None, value)]);

    private static IEnumerable<string> VolumesFrom(JsonObject config)
    {
        var members = (config["dataVolumesFromLaunchConfigs"] as JsonArray ?? []).Select(name => name?.ToString());
        var containers = (config["dataVolumesFrom"] as JsonArray ?? []).Select(name => $"container:{name}");
        return members.Concat(containers).OfType<string>();
    }

    private static void Devices(JsonObject config, SectionBuilder docker)
    {
        if (config["blkioDeviceOptions"] is not JsonObject devices)
            return;
        foreach (var (key, wire, _) in DeviceOptions.Keys)
        {
            docker.Add(key, devices
                .Where(device => IntegerCodec.NumberOf(device.Value?[wire]) is not null)
                .Select(device => string.Create(CultureInfo.InvariantCulture, $"{device.Key}:{IntegerCodec.NumberOf(device.Value![wire])}")));
        }
    }

    private static YamlList? Secrets(JsonObject config)
    {
        if (config["secrets"] is not JsonArray { Count: > 0 } secrets)
            return null;
        return new YamlList(Place.None, [.. secrets.OfType<JsonObject>().Select(SecretMounts.Mount.Write).OfType<YamlNode>()]);
    }
}
