using Drover.Model.Containers;
using Drover.Protocol;

namespace Drover.Agent.Tests.Harness;

/// <summary>Assignments for tests.</summary>
internal static class Wanted
{
    /// <summary>A container of a service: kept running whatever ends it.</summary>
    public static ContainerAssignment OfService(string uuid, string image = "nginx:1") => Standalone(uuid, null, image) with { KeepRunning = true };

    /// <summary>A container of its own.</summary>
    public static ContainerAssignment Standalone(string uuid, string? restart = null, string image = "nginx:1", long retries = 0) => new()
    {
        Uuid = uuid,
        Generation = 1,
        Name = uuid,
        EngineName = $"r-{uuid}",
        Spec = new ContainerSpec
        {
            ImageUuid = $"docker:{image}",
            RestartPolicy = restart is null ? null : new RestartPolicy { Name = restart, MaximumRetryCount = retries },
        },
    };
}
