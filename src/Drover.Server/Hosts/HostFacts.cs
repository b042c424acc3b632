using System.Globalization;
using System.Text.Json.Nodes;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Protocol;

namespace Drover.Server.Hosts;

/// <summary>Turns what a host says of itself into the API's words (HOST-15, HOST-16).</summary>
public static class HostFacts
{
    private const string Prefix = "io.rancher.host.";

    /// <summary>The host's status with what it says of itself.</summary>
    public static HostSeen Seen(HostSeen seen, HostDescription said) => seen with
    {
        Hostname = said.Hostname,
        AgentIpAddress = said.AgentIp ?? seen.AgentIpAddress,
        Info = said.EngineVersion is null && seen.Info is not null ? seen.Info : Info(said),
    };

    /// <summary>Labels that follow from the host itself, such as its kernel's version.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Labels(HostDescription said)
    {
        yield return KeyValuePair.Create(Prefix + "os", "linux");
        if (MajorMinor(said.KernelVersion) is { } kernel) yield return KeyValuePair.Create(Prefix + "linux_kernel_version", kernel);
        if (MajorMinor(said.EngineVersion) is { } engine) yield return KeyValuePair.Create(Prefix + "docker_version", engine);
    }

    /// <summary>The `info` map in 1.6's shape.</summary>
    public static RawJson Info(HostDescription said) => RawJson.From(new JsonObject
    {
        ["osInfo"] = new JsonObject
        {
            ["dockerVersion"] = said.EngineVersion is null ? null : $"Docker version {said.EngineVersion}",
            ["kernelVersion"] = said.KernelVersion,
            ["operatingSystem"] = said.OperatingSystem,
        },
        ["cpuInfo"] = new JsonObject { ["count"] = said.CpuCount },
        ["memoryInfo"] = new JsonObject { ["memTotal"] = Math.Round(said.MemoryBytes / 1048576.0, 3) },
        ["diskInfo"] = new JsonObject { ["dockerStorageDriver"] = said.StorageDriver, ["mountPoints"] = new JsonObject() },
    });

    private static string? MajorMinor(string? version)
    {
        var parts = version?.Split('.', '-', '+');
        return parts is [var major, var minor, ..] && int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? $"{major}.{minor}" : null;
    }
}
