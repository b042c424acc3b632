using Drover.Model.Containers;
using Drover.Protocol;
using static Drover.Agent.Docker.Wanted.ContainerCreation;

namespace Drover.Agent.Docker.Wanted;

/// <summary>The part of a creation request that depends on the host.</summary>
internal static class HostSettings
{
    /// <summary>
    /// Everything but DNS. The restart policy is left out on purpose: the agent applies it, and an engine that did so too
    /// would start after its own restart what shall be stopped, and count on-failure tries a second time.
    /// </summary>
    public static HostConfig Of(
        ContainerAssignment wanted, ContainerSpec spec, NetworkPlace place, IReadOnlyList<PortNotation> ports,
        IReadOnlyDictionary<string, string> engineIds) => Limited(spec, new HostConfig
        {
            NetworkMode = place.Mode,
            PortBindings = ports.Count == 0 ? null : Bindings(ports),
            PublishAllPorts = place.HasPorts && spec.PublishAllPorts ? true : null,
            ExtraHosts = place.IsShared ? null : Given(spec.ExtraHosts),
            Binds = spec.DataVolumes.Where(volume => volume.Contains(':')).ToList() is { Count: > 0 } binds ? binds : null,
            VolumesFrom = wanted.VolumesFrom.Count == 0 ? null : [.. wanted.VolumesFrom.Select(uuid => NetworkPlace.EngineId(uuid, engineIds))],
            VolumeDriver = spec.VolumeDriver,
            Tmpfs = spec.Tmpfs.Count == 0 ? null : spec.Tmpfs,
            StorageOpt = spec.StorageOpt.Count == 0 ? null : spec.StorageOpt,
            Sysctls = spec.Sysctls.Count == 0 ? null : spec.Sysctls,
            LogConfig = spec.LogConfig is { } log ? Log(log) : null,
            CapAdd = Given(spec.CapAdd),
            CapDrop = Given(spec.CapDrop),
            Privileged = True(spec.Privileged),
            ReadonlyRootfs = True(spec.ReadOnly),
            SecurityOpt = Given(spec.SecurityOpt),
            GroupAdd = Given(spec.GroupAdd),
            Devices = spec.Devices.Count == 0 ? null : [.. spec.Devices.Select(Device)],
            PidMode = spec.PidMode,
            IpcMode = spec.IpcMode,
            UTSMode = spec.Uts,
            UsernsMode = spec.UsernsMode,
            CgroupParent = spec.CgroupParent,
            Isolation = spec.Isolation,
            Init = True(spec.RunInit),
        });

    /// <summary>Reads <c>/dev/x[:/dev/y][:rwm]</c>.</summary>
    public static DeviceMapping Device(string text) => text.Split(':') switch
    {
        [var path] => Mapping(path, path, null),
        [var path, var second] when IsPermission(second) => Mapping(path, path, second),
        [var path, var inside] => Mapping(path, inside, null),
        [var path, var inside, var permission] when IsPermission(permission) => Mapping(path, inside, permission),
        _ => throw new RuntimeException(RuntimeFailure.Invalid, $"\"{text}\" is not a device: /dev/x[:/dev/y][:rwm]"),
    };

    private static HostConfig Limited(ContainerSpec spec, HostConfig config) => config with
    {
        Memory = spec.Memory,
        MemoryReservation = spec.MemoryReservation,
        MemorySwap = spec.MemorySwap,
        MemorySwappiness = spec.MemorySwappiness,
        KernelMemory = spec.KernelMemory,
        ShmSize = spec.ShmSize,
        OomKillDisable = spec.OomKillDisable,
        OomScoreAdj = (int?)spec.OomScoreAdj,
        PidsLimit = spec.PidsLimit,
        CpuShares = spec.CpuShares ?? Shares(spec.MilliCpuReservation),
        CpuPeriod = spec.CpuPeriod,
        CpuQuota = spec.CpuQuota,
        CpuRealtimePeriod = spec.CpuRealtimePeriod,
        CpuRealtimeRuntime = spec.CpuRealtimeRuntime,
        CpusetCpus = spec.CpuSet,
        CpusetMems = spec.CpuSetMems,
        CpuCount = spec.CpuCount,
        CpuPercent = spec.CpuPercent,
        IOMaximumBandwidth = spec.IoMaximumBandwidth,
        IOMaximumIOps = spec.IoMaximumIOps,
        BlkioWeight = (int?)spec.BlkioWeight,
        BlkioWeightDevice = Devices(spec, option => option.Weight, (path, weight) => new WeightDevice(path, (int)weight)),
        BlkioDeviceReadBps = Devices(spec, option => option.ReadBps, (path, rate) => new ThrottleDevice(path, rate)),
        BlkioDeviceWriteBps = Devices(spec, option => option.WriteBps, (path, rate) => new ThrottleDevice(path, rate)),
        BlkioDeviceReadIOps = Devices(spec, option => option.ReadIops, (path, rate) => new ThrottleDevice(path, rate)),
        BlkioDeviceWriteIOps = Devices(spec, option => option.WriteIops, (path, rate) => new ThrottleDevice(path, rate)),
        Ulimits = spec.Ulimits.Count == 0 ? null : [.. spec.Ulimits.Select(Limit)],
    };

    private static bool? True(bool set) => set ? true : null;

    private static Dictionary<string, IReadOnlyList<PortBinding>?> Bindings(IReadOnlyList<PortNotation> ports) =>
        ports.GroupBy(port => port.Container)
            .ToDictionary(group => group.Key, IReadOnlyList<PortBinding>? (group) => [.. group.Select(port => port.Binding).Distinct()]);

    private static Engine.Containers.LogConfig Log(Model.Containers.LogConfig log) =>
        new() { Type = log.Driver ?? "", Config = log.Config.Count == 0 ? null : log.Config };

    private static Engine.Containers.Ulimit Limit(Model.Containers.Ulimit limit) =>
        new(limit.Name ?? "", limit.Soft ?? limit.Hard ?? 0, limit.Hard ?? limit.Soft ?? 0);

    /// <summary>A reservation of one processor weighs as much as the engine's usual 1024; 2 is the kernel's least.</summary>
    private static long? Shares(long? milliCpu) => milliCpu is > 0 ? Math.Max(2, milliCpu.Value * 1024 / 1000) : null;

    private static List<T>? Devices<T>(ContainerSpec spec, Func<BlkioDeviceOption, long?> value, Func<string, long, T> make)
    {
        var devices = spec.BlkioDeviceOptions
            .Where(device => value(device.Value) is not null)
            .Select(device => make(device.Key, value(device.Value)!.Value)).ToList();
        return devices.Count == 0 ? null : devices;
    }

    private static DeviceMapping Mapping(string path, string inside, string? permission) =>
        new() { PathOnHost = path, PathInContainer = inside, CgroupPermissions = permission ?? "rwm" };

    private static bool IsPermission(string text) => text.Length is > 0 and <= 3 && text.All(letter => letter is 'r' or 'w' or 'm');
}
