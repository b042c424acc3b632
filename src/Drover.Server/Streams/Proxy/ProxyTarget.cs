using System.Globalization;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Server.Api.Calls;
using Drover.Server.Containers;
using Drover.Store;

namespace Drover.Server.Streams.Proxy;

/// <summary>What a proxied request is for: a port of a container, found by service.</summary>
internal static class ProxyTarget
{
    /// <summary>The labels with which a container names its own port and scheme (LBL-07).</summary>
    private const string PortLabel = "io.rancher.websocket.proxy.port";

    private const string SchemeLabel = "io.rancher.websocket.proxy.scheme";

    /// <summary>A service by NAME or STACK.NAME, of which the first stands; null where the environment has none.</summary>
    public static Entry? Service(Snapshot view, long environment, string name)
    {
        var services = view.By<Service>("accountId", environment).Where(s => !s.IsRemoved).OrderBy(s => s.Id).ToList();
        if (services.Find(s => Same(s.Wanted.Name, name)) is { } plain) return plain;
        if (name.Split('.', 2) is not [var first, var second]) return null;
        return services.Find(s => Same(s.Wanted.Name, second) && Same(StackOf(view, s), first)) ?? services.Find(s => Same(s.Wanted.Name, first) && Same(StackOf(view, s), second));
    }

    /// <summary>The container that answers for a service: one that runs, of the service itself and not of a sidekick, rather a healthy one. Throws 503 where there is none.</summary>
    public static Entry Container(Snapshot view, Entry service)
        => view.By<Container>("serviceId", service.Id)
            .Where(c => c is { IsRemoved: false, State: "running", Wanted: Container { HostId: not null, LaunchConfigName: null or ContainerLabels.PrimaryLaunchConfig }, Seen: ContainerSeen { ExternalId: not null } })
            .OrderBy(c => ((ContainerSeen)c.Seen).HealthState is not (null or "healthy")).ThenBy(c => c.Id)
            .FirstOrDefault() ?? throw new ProblemException(new Problem("Service Unavailable", Message: "Service Unavailable", Status: 503, Detail: "No container of the service runs"));

    /// <summary>The ticket for a port of a container. What is not named follows the container's labels, else http and 80; ports that end in 443 speak TLS. Throws 404 where it is on no host.</summary>
    public static StreamTicket Ticket(ApiCall call, Entry container, long? port, string? scheme)
    {
        var place = Placed.Of(call, container);
        var labels = ((Container)container.Wanted).Labels;
        var number = port ?? (long.TryParse(labels.Find(PortLabel), NumberStyles.None, CultureInfo.InvariantCulture, out var labelled) ? labelled : 80);
        if (number is < 1 or > ushort.MaxValue) throw new ProblemException(new Problem(number < 1 ? "MinLimitExceeded" : "MaxLimitExceeded", "port"));
        var speaks = scheme ?? (port is null ? labels.Find(SchemeLabel) : null) ?? (number % 1000 == 443 ? "https" : "http");
        var address = string.Create(CultureInfo.InvariantCulture, $"{((Container)container.Wanted).PrimaryIpAddress}:{number}");
        var claims = new ProxyClaims(place.EngineId, speaks == "https" ? "https" : "http", address);
        return StreamAccess.Stamp(new StreamTicket { Purpose = StreamPaths.ContainerProxy, Kind = "container", ObjectId = container.Id, HostUuid = place.HostUuid, Proxy = claims }, call);
    }

    private static string? StackOf(Snapshot view, Entry service) => ((Service)service.Wanted).StackId is { } id ? view.Get<Stack>(id)?.Name : null;

    private static bool Same(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
