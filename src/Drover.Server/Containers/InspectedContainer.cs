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
        BlkioWeight = Number(host, "BlkioWeight"),
        PidsLimit = Number(host, "PidsLimit"),
        OomScoreAdj = Number(host, "OomScoreAdj"),
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

    private static EquatableArray<string> Devices(JsonElement host)
    {
        if (Member(host, "Devices") is not { ValueKind: JsonValueKind.Array } devices) return default;
        var all = devices.EnumerateArray()
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

    private static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement parent, string name)
        => Member(parent, name) is { ValueKind: JsonValueKind.Object } map ? map.EnumerateObject().Select(m => (m.Name, m.Value)) : [];

    private static JsonElement Member(JsonElement parent, string name)
        => parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : default;

    private static string? Text(JsonElement parent, string name)
        => Member(parent, name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    private static bool Flag(JsonElement parent, string name) => Member(parent, name).ValueKind == JsonValueKind.True;

    private static long? Number(JsonElement parent, string name)
        => Member(parent, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) && number != 0 ? number : null;
}
