using System.Text.Json.Nodes;
using Drover.Compose.Codecs;
using Drover.Compose.Files;

namespace Drover.Compose.Services;

/// <summary>Makes the launch config of one member of a unit.</summary>
internal sealed class LaunchConfigReader(StackParts parts)
{
    public JsonObject Read(ServiceSource source, Unit unit)
    {
        var config = new JsonObject();
        Image(source, config);
        NetworkMode.Read(source, unit, config);
        foreach (var key in LaunchKeys.Docker.Concat(LaunchKeys.Rancher))
            Put(config, key.Wire, source.Find(key.Name)?.Read(key));
        Put(config, "hostname", source.InDocker("hostname")?.Read(Codec.Text));
        Put(config, "environment", EnvironmentVariables.Read(source, parts));
        Put(config, "labels", source.Labels.Count > 0 ? source.Labels.DeepClone() : null);
        Put(config, "logConfig", LogConfig.Read(source));
        Put(config, "blkioDeviceOptions", DeviceOptions.Read(source));
        Put(config, "secrets", SecretMounts.Read(source, parts.Secrets));
        if (source.Text("type")?.Equals("virtualMachine", StringComparison.OrdinalIgnoreCase) == true)
            config["kind"] = "virtualMachine";
        VolumesFrom.Read(source, unit, config);
        RenameVolumes(config);
        return config;
    }

    private static void Image(ServiceSource source, JsonObject config)
    {
        var image = source.Text("image");
        if (image is not null && ImageName.Check(image) is { } error)
            source.Refuse("image", ComposeCodes.InvalidFormat, error);
        if (image is not null)
            config["imageUuid"] = "docker:" + image;
        if (source.Find("build") is { } build)
            Put(config, "build", Build.Read(build, source));
        else if (image is null)
            source.Refuse("image", ComposeCodes.MissingRequired, "a service needs an image or a build");
    }

    /// <summary>A volume that the file calls by its own name but that exists under another keeps the other.</summary>
    private void RenameVolumes(JsonObject config)
    {
        if (config["dataVolumes"] is not JsonArray volumes)
            return;
        for (var index = 0; index < volumes.Count; index++)
        {
            var (volume, _) = VolumeSpec.Parse(volumes[index]!.ToString());
            if (volume is { IsNamed: true } && parts.VolumeNames.TryGetValue(volume.Source!, out var name) && name != volume.Source)
                volumes[index] = (volume with { Source = name }).ToString();
        }
    }

    private static void Put(JsonObject config, string wire, JsonNode? value)
    {
        if (value is not null)
            config[wire] = value;
    }
}
