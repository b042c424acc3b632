using Drover.Model.Kernel;
using Drover.Protocol;

namespace Drover.Agent.Docker.Seen;

/// <summary>Reads what the engine shows of a container into what a host reports.</summary>
internal static class ContainerSight
{
    public static ContainerStatus Status(ContainerInspect seen)
    {
        var uuid = seen.Config?.Labels?.GetValueOrDefault(ContainerLabels.Uuid);
        var state = State(seen.State);
        return new ContainerStatus
        {
            Uuid = string.IsNullOrEmpty(uuid) ? UuidOf(seen.Id) : uuid,
            State = state,
            EngineId = seen.Id,
            ExitCode = state == SeenState.Exited ? seen.State?.ExitCode : null,
            StartedAt = seen.State?.StartedAt,
            FinishedAt = seen.State?.FinishedAt,
            StartCount = seen.State?.StartedAt is null ? 0 : seen.RestartCount + 1,
            Address = Address(seen.NetworkSettings),
            Error = string.IsNullOrEmpty(seen.State?.Error) ? null : seen.State.Error,
            Imported = string.IsNullOrEmpty(uuid) ? Imported(seen) : null,
        };
    }

    /// <summary>The uuid of a container that nobody assigned follows from the engine's id, so that it is one and the same after every restart.</summary>
    public static string UuidOf(string engineId) => engineId.Length < 32
        ? engineId
        : $"{engineId[..8]}-{engineId[8..12]}-{engineId[12..16]}-{engineId[16..20]}-{engineId[20..32]}";

    private static SeenState State(ContainerState? state) => state?.Status switch
    {
        "created" => SeenState.Created,
        "running" or "paused" or "restarting" => SeenState.Running,
        "removing" => SeenState.Removed,
        _ => SeenState.Exited,
    };

    private static string? Address(NetworkSettings? settings)
    {
        var networks = settings?.Networks;
        if (networks is null) return null;
        var address = networks.GetValueOrDefault(ManagedNetwork.Name)?.IPAddress;
        return string.IsNullOrEmpty(address)
            ? networks.Values.Select(endpoint => endpoint.IPAddress).FirstOrDefault(given => !string.IsNullOrEmpty(given))
            : address;
    }

    private static ImportedContainer Imported(ContainerInspect seen) => new(
        seen.Name?.TrimStart('/') ?? seen.Id,
        seen.Config?.Image ?? seen.Image ?? "",
        (seen.Config?.Cmd ?? []).ToEquatableArray(),
        new EquatableMap<string>(seen.Config?.Labels ?? new Dictionary<string, string>()),
        Ports(seen).ToEquatableArray(),
        (seen.Config?.Env ?? []).ToEquatableArray(),
        seen.Config?.Hostname,
        seen.HostConfig?.NetworkMode is "default" or null ? "bridge" : seen.HostConfig.NetworkMode,
        seen.Created);

    /// <summary>Published ports in the API's notation, where the engine picked one with what it picked.</summary>
    private static IEnumerable<string> Ports(ContainerInspect seen)
    {
        var bound = seen.NetworkSettings?.Ports is { Count: > 0 } live ? live : seen.HostConfig?.PortBindings;
        foreach (var (inside, bindings) in bound ?? new Dictionary<string, IReadOnlyList<PortBinding>?>())
        {
            foreach (var binding in bindings ?? [])
            {
                if (binding.HostIp is "::" && bindings!.Any(other => other.HostIp == "0.0.0.0" && other.HostPort == binding.HostPort)) continue;
                var address = binding.HostIp switch
                {
                    null or "" or "0.0.0.0" or "::" => "",
                    var ip when ip.Contains(':') => $"[{ip}]:",
                    var ip => $"{ip}:",
                };
                yield return $"{address}{binding.HostPort}:{inside}";
            }
        }
    }
}
