using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Server.Containers;
using Drover.Server.Services;

namespace Drover.Server.Tests.Services;

/// <summary>Short forms for services and their containers as the planner sees them.</summary>
internal static class ServiceViews
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static ContainerSpec Image { get; } = new() { ImageUuid = "docker:busybox" };

    public static Service Web(long scale = 1, params SecondaryLaunchConfig[] sidekicks) => new()
    {
        Id = 1,
        AccountId = 5,
        StackId = 1,
        Name = "web",
        Scale = scale,
        Running = true,
        State = "activating",
        Generation = 1,
        LaunchConfig = new LaunchConfig { Spec = Image },
        SecondaryLaunchConfigs = [.. sidekicks],
    };

    public static SecondaryLaunchConfig Sidekick(string name, string? volumesFrom = null, string? networkFrom = null) => new()
    {
        Name = name,
        Spec = Image,
        DataVolumesFromLaunchConfigs = volumesFrom is null ? default : [volumesFrom],
        NetworkLaunchConfig = networkFrom,
    };

    public static ServiceView View(Service service, params Entry[] containers) => View(service, new ServiceSeen(), containers);

    public static ServiceView View(Service service, ServiceSeen seen, params Entry[] containers)
        => new(new Entry(Catalog.All.Of<Service>(), service, seen, 1, 1), "shop", "env", Unit.Of(containers, service));

    /// <summary>The primary of the unit with this number.</summary>
    public static Entry Primary(long index, string state = "running") => Member(index, ContainerLabels.PrimaryLaunchConfig, state);

    /// <summary>A container of the unit with this number; its id is 10 times the number for primaries.</summary>
    public static Entry Member(long index, string launch, string state = "running", Why? why = null)
    {
        var container = new Container
        {
            Id = launch == ContainerLabels.PrimaryLaunchConfig ? index * 10 : (index * 10) + launch.Length,
            AccountId = 5,
            Name = $"{launch}-{index}",
            ServiceId = 1,
            DeploymentUnitUuid = $"unit{index}",
            LaunchConfigName = launch,
            ServiceIndex = index,
            CreateIndex = index,
            Generation = 1,
            Running = state is not "stopped",
        };
        var seen = new ContainerSeen { Generation = 1, State = state, Failed = state == "error", Why = why, StartCount = 1 };
        return new Entry(Catalog.All.Of<Container>(), container, seen, 1, 1);
    }

    public static Entry Going(Entry entry) => entry with { Wanted = entry.Wanted with { RemoveRequested = true } };

    public static Entry With(Entry entry, Func<Container, Container> change) => entry with { Wanted = change((Container)entry.Wanted) };

    public static ImmutableArray<ServiceChange> Plan(ServiceView view) => ServicePlanner.Plan(view, Now).Changes;
}
