using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Protocol;

namespace Drover.Agent.Docker.Wanted;

/// <summary>Turns a wanted container into the engine's creation request. Reads nothing but its arguments.</summary>
internal static class ContainerCreation
{
    private const string ImagePrefix = "docker:";

    /// <param name="wanted">What is wanted; it has a spec.</param>
    /// <param name="engineIds">The engine's ids of containers it refers to, by uuid.</param>
    /// <param name="hostSearch">The host's own DNS search domains.</param>
    public static CreateContainerRequest Request(
        ContainerAssignment wanted, IReadOnlyDictionary<string, string> engineIds, IReadOnlyList<string> hostSearch)
    {
        var spec = wanted.Spec ?? throw new RuntimeException(RuntimeFailure.Invalid, "A container started by hand cannot be created again");
        var place = NetworkPlace.Of(wanted, engineIds);
        var ports = place.HasPorts ? spec.Ports.Select(PortNotation.Parse).ToList() : [];
        var ownName = !place.IsShared && spec.Uts != "host";
        return new CreateContainerRequest
        {
            Image = Image(spec),
            Hostname = ownName ? wanted.Hostname ?? spec.Hostname : null,
            Domainname = ownName ? spec.DomainName : null,
            User = spec.User,
            WorkingDir = spec.WorkingDir,
            Cmd = Given(spec.Command),
            Entrypoint = Given(spec.EntryPoint),
            Env = spec.Environment.Count == 0 ? null : [.. spec.Environment.Select(pair => $"{pair.Key}={pair.Value}")],
            Labels = Labels(wanted),
            Tty = spec.Tty,
            OpenStdin = spec.StdinOpen,
            StopSignal = spec.StopSignal,
            StopTimeout = (int?)spec.StopTimeout,
            Healthcheck = HealthCheck(spec),
            ExposedPorts = Exposed(spec, place, ports),
            Volumes = Set(spec.DataVolumes.Where(volume => !volume.Contains(':'))),
            HostConfig = HostSettings.Of(wanted, spec, place, ports, engineIds) with
            {
                Dns = Resolver.Of(wanted, place, hostSearch).Servers,
                DnsSearch = Resolver.Of(wanted, place, hostSearch).Search,
                DnsOptions = place.IsShared ? null : Given(spec.DnsOpt),
            },
            NetworkingConfig = place.Endpoint is { } endpoint
                ? new NetworkingConfig { EndpointsConfig = new Dictionary<string, EndpointSettings> { [place.Mode] = endpoint } }
                : null,
        };
    }

    /// <summary>The engine's name of the image, without the API's prefix.</summary>
    public static string Image(ContainerSpec spec) => spec.ImageUuid switch
    {
        null or "" => throw new RuntimeException(RuntimeFailure.Invalid, "The container names no image"),
        var image when image.StartsWith(ImagePrefix, StringComparison.Ordinal) => image[ImagePrefix.Length..],
        var image => image,
    };

    internal static IReadOnlyList<T>? Given<T>(EquatableArray<T> values) => values.Count == 0 ? null : values.Items;

    private static Dictionary<string, string> Labels(ContainerAssignment wanted)
    {
        var labels = wanted.Labels.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        labels[ContainerLabels.Uuid] = wanted.Uuid;
        if (wanted.Name is { } name) labels.TryAdd(ContainerLabels.Name, name);
        return labels;
    }

    private static HealthConfig? HealthCheck(ContainerSpec spec)
    {
        if (spec.HealthCmd.Count == 0) return null;
        return new HealthConfig
        {
            Test = spec.HealthCmd[0] is "CMD" or "CMD-SHELL" or "NONE" ? spec.HealthCmd.Items : ["CMD", .. spec.HealthCmd],
            Interval = Nanoseconds(spec.HealthInterval),
            Timeout = Nanoseconds(spec.HealthTimeout),
            Retries = (int?)spec.HealthRetries,
        };
    }

    private static long? Nanoseconds(long? seconds) => seconds * 1_000_000_000;

    private static Dictionary<string, EmptyObject>? Exposed(ContainerSpec spec, NetworkPlace place, List<PortNotation> ports) =>
        place.IsShared ? null : Set(spec.Expose.Select(PortNotation.Exposed).Concat(ports.Select(port => port.Container)));

    private static Dictionary<string, EmptyObject>? Set(IEnumerable<string> keys)
    {
        var set = keys.Distinct().ToDictionary(key => key, _ => EmptyObject.Value);
        return set.Count == 0 ? null : set;
    }
}
