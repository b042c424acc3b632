using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Protocol;
using Drover.Server.Settings;
using Drover.Store;

namespace Drover.Server.Containers;

/// <summary>Takes in containers that were started by hand on a host (CTR-34). They are shown and never touched unless somebody asks.</summary>
public static class ImportedContainers
{
    /// <summary>The setting that keeps foreign containers out.</summary>
    private const string Switch = "manage.nonrancher.containers";

    /// <summary>True for what was started by hand, where the installation takes such containers in at all.</summary>
    public static bool IsWanted(Snapshot view, ContainerStatus status)
        => status is { Imported: not null, State: SeenState.Running or SeenState.Exited } && SettingsTable.Value(view, Switch) is not "false";

    public static void Create(WriteTx tx, Entry host, ContainerStatus status)
    {
        var found = status.Imported!;
        var running = status.State == SeenState.Running;
        tx.Create(
            new Container
            {
                AccountId = host.Wanted.AccountId,
                Uuid = status.Uuid,
                Name = found.Name.TrimStart('/'),
                ImportedId = status.EngineId,
                NativeContainer = true,
                HostId = host.Id,
                Running = running,
                Labels = found.Labels,
                PrimaryIpAddress = status.Address,
                State = running ? "starting" : "creating",
                Spec = new ContainerSpec
                {
                    ImageUuid = $"docker:{found.Image}",
                    Command = found.Command,
                    Ports = found.Ports,
                    Environment = Variables(found.Environment),
                    Hostname = found.Hostname,
                    NetworkMode = found.NetworkMode ?? "bridge",
                },
            },
            new ContainerSeen
            {
                Generation = 1,
                State = running ? "running" : "stopped",
                ExternalId = status.EngineId,
                FirstRunning = status.StartedAt,
                StartCount = Math.Max(1, status.StartCount),
                ExitCode = running ? null : status.ExitCode,
            });
    }

    private static EquatableMap<string> Variables(EquatableArray<string> lines)
        => new(lines.Items
            .Select(line => line.Split('=', 2))
            .GroupBy(parts => parts[0], StringComparer.Ordinal)
            .Select(group => KeyValuePair.Create(group.Key, group.Last() is [_, var value] ? value : "")));
}
