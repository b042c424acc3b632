using System.Text.Json;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;

namespace Drover.Server.Containers;

/// <summary>Turns what `docker inspect` says of a container into a launch config, for clients that build it so (`scripts/transform`). Pure.</summary>
public static class InspectedContainer
{
    /// <param name="inspected">An object with Config and HostConfig. What is missing or of another type is left out.</param>
    public static LaunchConfig ToLaunchConfig(JsonElement inspected)
    {
        var config = Member(inspected, "Config");
        var host = Member(inspected, "HostConfig");
        var spec = Limits(Places(Process(new ContainerSpec(), config, host), config, host), host);
        return new LaunchConfig { Spec = spec, Labels = Texts(config, "Labels") };
    }

    private static ContainerSpec Process(ContainerSpec spec, JsonElement config, JsonElement host) => spec with
    {
        ImageUuid = Text(config, "Image") is { } image ? "docker:" + image : null,
        Command = List(config, "Cmd"),
        EntryPoint = List(config, "Entrypoint"),
        Environment = Environment(config),
        Hostname = Text(config, "Hostname"),
        DomainName = Text(config, "Domainname"),
        User = Text(config, "User"),
        WorkingDir = Text(config, "WorkingDir"),
        StopSignal = Text(config, "StopSignal"),
        Tty = Flag(config, "Tty"),
        StdinOpen = Flag(config, "OpenStdin"),
        Privileged = Flag(host, "Privileged"),
        ReadOnly = Flag(host, "ReadonlyRootfs"),
        CapAdd = List(host, "CapAdd"),
        CapDrop = List(host, "CapDrop"),
        SecurityOpt = List(host, "SecurityOpt"),
        GroupAdd = List(host, "GroupAdd"),
        RestartPolicy = Text(Member(host, "RestartPolicy"), "Name") is { } restart
            ? new RestartPolicy { Name = restart, MaximumRetryCount = Number(Member(host, "RestartPolicy"), "MaximumRetryCount") ?? 0 }
            : null,
    };

    private static ContainerSpec Places(ContainerSpec spec, JsonElement config, JsonElement host) => spec with
    {
        Ports = Ports(config, host),
        PublishAllPorts = Flag(host, "PublishAllPorts"),
        NetworkMode = Text(host, "NetworkMode") is { } mode and not "default" ? mode : spec.NetworkMode,
        Dns = List(host, "Dns"),
        DnsOpt = List(host, "DnsOptions"),
        DnsSearch = List(host, "DnsSearch"),
        ExtraHosts = List(host, "ExtraHosts"),
        DataVolumes = Volumes(config, host),
        VolumeDriver = Text(host, "VolumeDriver"),
        Tmpfs = Texts(host, "Tmpfs"),
        Devices = Devices(host),
        IpcMode = Text(host, "IpcMode"),
        PidMode = Text(host, "PidMode") is "host" ? "host" : null,
        Uts = Text(host, "UTSMode"),
        CgroupParent = Text(host, "CgroupParent"),
        Sysctls = Texts(host, "Sysctls"),
        StorageOpt = Texts(host, "StorageOpt"),
        Isolation = Text(host, "Isolation"),
        UsernsMode = Text(host, "UsernsMode"),
        RunInit = Flag(host, "Init"),
        LogConfig = new LogConfig { Driver = Text(Member(host, "LogConfig"), "Type"), Config = Texts(Member(host, "LogConfig"), "Config") },
    };

    private static ContainerSpec Limits(ContainerSpec spec, JsonElement host) => spec with
    {
        Memory = Number(host, "Memory"),
        MemorySwap = Number(host, "MemorySwap"),
        MemoryReservation = Number(host, "MemoryReservation"),
        KernelMemory = Number(host, "KernelMemory"),
        ShmSize = Number(host, "ShmSize"),
        CpuShares = Number(host, "CpuShares"),
        CpuPeriod = Number(host, "CpuPeriod"),
        CpuQuota = Number(host, "CpuQuota"),
        CpuSet = Text(host, "CpusetCpus"),
        CpuSetMems = Text(host, "CpusetMems"),
        CpuCount = Number(host, "CpuCount"),
        CpuPercent = Number(host, "CpuPercent"),
        CpuRealtimePeriod = Number(host, "CpuRealtimePeriod"),
        CpuRealtimeRuntime = Number(host, "CpuRealtimeRuntime"),
        MemorySwappiness = Number(host, "MemorySwappiness"),
        BlkioWeight = Number(host, "BlkioWeight"),
        BlkioDeviceOptions = DeviceLimits(host),
        DiskQuota = Number(host, "DiskQuota"),
        IoMaximumBandwidth = Number(host, "IOMaximumBandwidth"),
        IoMaximumIOps = Number(host, "IOMaximumIOps"),
        PidsLimit = Number(host, "PidsLimit"),
        OomScoreAdj = Number(host, "OomScoreAdj"),
        OomKillDisable = Flag(host, "OomKillDisable") ? true : null,
        Ulimits = Ulimits(host),
    };

    /// <summary>"public:private/protocol" for each binding; exposed ports without one stay closed, as with docker run.</summary>
    private static EquatableArray<string> Ports(JsonElement config, JsonElement host)
    {
        var ports = new List<string>();
        foreach (var (inside, bindings) in Members(host, "PortBindings"))
        {
            if (bindings.ValueKind != JsonValueKind.Array) continue;
            foreach (var binding in bindings.EnumerateArray())
            {
                var (ip, port) = (Text(binding, "HostIp"), Text(binding, "HostPort"));
                ports.Add((ip, port) switch
                {
                    (null, null) => inside,
                    (null, _) => $"{port}:{inside}",
                    _ => $"{ip}:{port}:{inside}",
                });
            }
        }

        return ports.Count > 0 ? ports.ToEquatableArray() : default;
    }

    private static EquatableArray<string> Volumes(JsonElement config, JsonElement host)
    {
        var binds = List(host, "Binds").Items;
        var bound = binds.Select(bind => bind.Split(':') is [_, var inside, ..] ? inside : bind).ToHashSet(StringComparer.Ordinal);
        var all = binds.Concat(Members(config, "Volumes").Select(v => v.Name).Where(path => !bound.Contains(path))).ToList();
        return all.Count > 0 ? all.ToEquatableArray() : default;
    }

    private static EquatableArray<Ulimit> Ulimits(JsonElement host)
    {
        var all = Objects(host, "Ulimits").Select(u => new Ulimit { Name = Text(u, "Name"), Soft = Whole(u, "Soft"), Hard = Whole(u, "Hard") }).Where(u => u.Name is not null).ToList();
        return all.Count > 0 ? all.ToEquatableArray() : default;
    }

    /// <summary>The limits of block devices by their path, which inspect tells in a list per limit.</summary>
    private static EquatableMap<BlkioDeviceOption> DeviceLimits(JsonElement host)
    {
        var limits = new Dictionary<string, BlkioDeviceOption>(StringComparer.Ordinal);
        Add("BlkioWeightDevice", "Weight", (limit, number) => limit with { Weight = number });
        Add("BlkioDeviceReadBps", "Rate", (limit, number) => limit with { ReadBps = number });
        Add("BlkioDeviceWriteBps", "Rate", (limit, number) => limit with { WriteBps = number });
        Add("BlkioDeviceReadIOps", "Rate", (limit, number) => limit with { ReadIops = number });
        Add("BlkioDeviceWriteIOps", "Rate", (limit, number) => limit with { WriteIops = number });
        return limits.Count > 0 ? limits.ToEquatableMap() : default;

        void Add(string list, string field, Func<BlkioDeviceOption, long, BlkioDeviceOption> with)
        {
            foreach (var device in Objects(host, list))
                if (Text(device, "Path") is { } path && Number(device, field) is { } number)
                    limits[path] = with(limits.GetValueOrDefault(path) ?? new BlkioDeviceOption(), number);
        }
    }

    private static EquatableArray<string> Devices(JsonElement host)
    {
        var all = Objects(host, "Devices")
            .Select(d => $"{Text(d, "PathOnHost")}:{Text(d, "PathInContainer") ?? Text(d, "PathOnHost")}:{Text(d, "CgroupPermissions") ?? "rwm"}")
            .ToList();
        return all.Count > 0 ? all.ToEquatableArray() : default;
    }

    private static EquatableMap<string> Environment(JsonElement config)
    {
        var variables = List(config, "Env").Items
            .Select(v => v.Split('=', 2))
            .GroupBy(v => v[0], StringComparer.Ordinal)
            .Select(g => KeyValuePair.Create(g.Key, g.Last() is [_, var value] ? value : ""))
            .ToList();
        return variables.Count > 0 ? variables.ToEquatableMap() : default;
    }

    private static EquatableMap<string> Texts(JsonElement parent, string name)
    {
        var texts = Members(parent, name).Where(m => m.Value.ValueKind == JsonValueKind.String).Select(m => KeyValuePair.Create(m.Name, m.Value.GetString()!)).ToList();
        return texts.Count > 0 ? texts.ToEquatableMap() : default;
    }

    private static EquatableArray<string> List(JsonElement parent, string name)
    {
        if (Member(parent, name) is not { ValueKind: JsonValueKind.Array } list) return default;
        var items = list.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString()!).ToList();
        return items.Count > 0 ? items.ToEquatableArray() : default;
    }

    private static IEnumerable<JsonElement> Objects(JsonElement parent, string name)
        => Member(parent, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object) : [];

    private static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement parent, string name)
        => Member(parent, name) is { ValueKind: JsonValueKind.Object } map ? map.EnumerateObject().Select(m => (m.Name, m.Value)) : [];

    private static JsonElement Member(JsonElement parent, string name)
        => parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : default;

    private static string? Text(JsonElement parent, string name)
        => Member(parent, name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    private static bool Flag(JsonElement parent, string name) => Member(parent, name).ValueKind == JsonValueKind.True;

    /// <summary>A number; null for zero, which inspect says for what is not set.</summary>
    private static long? Number(JsonElement parent, string name) => Whole(parent, name) is { } number and not 0 ? number : null;

    private static long? Whole(JsonElement parent, string name)
        => Member(parent, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;
}
