using Drover.Client.Resources;
using Drover.Model.Containers;
using Drover.Model.Services;

namespace Drover.Cli.Output;

/// <summary>The state in one word for a person: with the health where that says more, and `started-once` for work that is done (CTR-32, SVC-43).</summary>
internal static class ShownState
{
    private const string StartedOnce = "started-once";

    public static string Of(ApiResource<Service> service) => WithHealth(service.State, service.Text("healthState"));

    public static string Of(ApiResource<Container> container) =>
        HasDoneItsWork(container) ? StartedOnce : WithHealth(container.State, container.Text("healthState"));

    /// <summary>True for a container that is to start once, has, and has ended.</summary>
    public static bool HasDoneItsWork(ApiResource<Container> container) =>
        container.State == "stopped" && container.Seen<ContainerSeen>().StartCount > 0 && container.Wanted.Labels.Find("io.rancher.container.start_once") == "true";

    private static string WithHealth(string? state, string? health) => (state, health) switch
    {
        ("active", StartedOnce) => StartedOnce,
        ("active" or "running", not (null or "healthy")) => $"{state}, {health}",
        _ => state ?? "",
    };
}
