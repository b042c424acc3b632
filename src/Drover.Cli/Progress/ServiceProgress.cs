using Drover.Cli.Output;
using Drover.Client.Resources;
using Drover.Model.Containers;
using Drover.Model.Services;

namespace Drover.Cli.Progress;

/// <summary>How far one service is.</summary>
/// <param name="Name">The service's name.</param>
/// <param name="State">Its state, with its health where that is not simply good.</param>
/// <param name="Running">Containers that run, or have done their work.</param>
/// <param name="Wanted">Containers there shall be.</param>
/// <param name="Done">True where nothing is left to wait for.</param>
/// <param name="Reason">What it waits for; null where the server said nothing.</param>
internal sealed record ServiceProgress(string Name, string State, int Running, long Wanted, bool Done, string? Reason)
{
    /// <summary>True where it is upgraded and a person says how that ends.</summary>
    public bool IsUpgraded { get; private init; }

    private static readonly string[] Good = ["healthy", "started-once"];

    public static ServiceProgress Of(ApiResource<Service> service, IReadOnlyList<ApiResource<Container>> containers, DateTimeOffset now)
    {
        var own = containers.Where(container => container.Text("serviceId") == service.Id || container.Ids("serviceIds").Contains(service.Id)).ToList();
        var health = service.Text("healthState");
        var state = service.State ?? "";
        var unwell = health is not null && !Good.Contains(health);
        var done = !service.IsTransitioning && !service.HasFailed && state is "active" or "inactive" or "upgraded" && (!unwell || state == "inactive");
        return new ServiceProgress(
            service.Name,
            ShownState.Of(service),
            own.Count(container => container.State == "running" || ShownState.HasDoneItsWork(container)),
            service.Wanted.LaunchConfig is null ? 0 : service.Wanted.Scale * (1 + service.Wanted.SecondaryLaunchConfigs.Count),
            done,
            done ? null : Reasons.Of(service, now) ?? own.Select(container => Prefixed(container, now)).FirstOrDefault(reason => reason is not null))
        { IsUpgraded = state == "upgraded" };
    }

    private static string? Prefixed(ApiResource<Container> container, DateTimeOffset now) =>
        Reasons.Of(container, now) is { } reason ? $"{container.Name}: {reason}" : null;
}
