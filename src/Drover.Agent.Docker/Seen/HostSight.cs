using Drover.Model.Kernel;
using Drover.Protocol;

namespace Drover.Agent.Docker.Seen;

/// <summary>Reads what the engine says of itself into what a host reports (LBL-09).</summary>
internal static class HostSight
{
    public static HostDescription Description(InfoResponse engine, VersionResponse version, bool hasKvm) => new()
    {
        Uuid = "",
        Hostname = engine.Name ?? "",
        EngineVersion = version.Version,
        EngineApiVersion = version.ApiVersion,
        OperatingSystem = engine.OperatingSystem,
        KernelVersion = engine.KernelVersion,
        StorageDriver = engine.Driver,
        CpuCount = engine.NCPU,
        MemoryBytes = engine.MemTotal,
        Labels = new EquatableMap<string>(Labels(engine, version, hasKvm)),
    };

    private static Dictionary<string, string> Labels(InfoResponse engine, VersionResponse version, bool hasKvm)
    {
        var labels = new Dictionary<string, string> { ["io.rancher.host.os"] = engine.OSType ?? "linux" };
        if (MajorMinor(engine.KernelVersion) is { } kernel) labels["io.rancher.host.linux_kernel_version"] = kernel;
        if (MajorMinor(version.Version) is { } docker) labels["io.rancher.host.docker_version"] = docker;
        if (hasKvm) labels["io.rancher.host.kvm"] = "true";
        return labels;
    }

    private static string? MajorMinor(string? version) =>
        version?.Split('.') is [var major, var minor, ..] ? $"{major}.{new string([.. minor.TakeWhile(char.IsAsciiDigit)])}" : null;
}
