using Drover.DataPlane.Names;
using Drover.Model.Kernel;
using Drover.Model.Metadata;

namespace Drover.DataPlane.Tests;

/// <summary>Builds views of environments: every call adds and returns the new environment.</summary>
internal sealed record TestEnvironment(EnvironmentView View)
{
    public static TestEnvironment Empty { get; } = new(EnvironmentView.Empty with { Name = "Default", Uuid = "env-1" });

    public EnvironmentIndex Index => EnvironmentIndex.Of(View);

    /// <summary>Two stacks: "shop" with web (2, with sidekick "cache"), db and an external "mail"; "tools" with web (1); one standalone container.</summary>
    public static TestEnvironment Shop() => Empty
        .Host("h1", "host1", "192.168.0.21")
        .Stack("shop").Stack("tools")
        .Service("shop", "db")
        .Service("shop", "web", s => s with { Sidekicks = ["cache"], Links = EquatableMap.Of(("database", "shop/db"), ("toolbox", "tools/web")) })
        .Service("shop", "cache", s => s with { Uuid = ServiceView.SidekickUuid("shop/web", "cache"), PrimaryServiceName = "web" })
        .Service("tools", "web")
        .Member("shop/web", "shop-web-1", "10.42.0.11", c => c with { DeploymentUnitUuid = "u1", CreateIndex = 1, ServiceIndex = "1" })
        .Member("shop/web", "shop-web-2", "10.42.0.12", c => c with { DeploymentUnitUuid = "u2", CreateIndex = 2, ServiceIndex = "2" })
        .Member(ServiceView.SidekickUuid("shop/web", "cache"), "shop-web-cache-1", "10.42.0.21", c => c with { DeploymentUnitUuid = "u1" })
        .Member(ServiceView.SidekickUuid("shop/web", "cache"), "shop-web-cache-2", "10.42.0.22", c => c with { DeploymentUnitUuid = "u2" })
        .Member("shop/db", "shop-db-1", "10.42.0.31")
        .Member("tools/web", "tools-web-1", "10.42.0.41")
        .Container("lonely", "10.42.0.51", c => c with { Links = EquatableMap.Of(("peer", "shop-db-1")) });

    public TestEnvironment Host(string uuid, string name, string agentIp)
        => new(View with { Hosts = View.Hosts.With(uuid, new HostView { Uuid = uuid, Name = name, Hostname = name, AgentIp = agentIp, State = "active" }) });

    /// <summary>The uuid is the name.</summary>
    public TestEnvironment Stack(string name, string? shown = null)
        => new(View with { Stacks = View.Stacks.With(name, new StackView(name, shown ?? name, false)) });

    /// <summary>The uuid is "stack/name" unless changed.</summary>
    public TestEnvironment Service(string stack, string name, Func<ServiceView, ServiceView>? change = null)
    {
        var service = new ServiceView { Uuid = $"{stack}/{name}", Name = name, StackUuid = stack, PrimaryServiceName = name, Scale = 1, State = "active" };
        service = change?.Invoke(service) ?? service;
        return new(View with { Services = View.Services.With(service.Uuid, service) });
    }

    /// <summary>A container of a service; its uuid is its name.</summary>
    public TestEnvironment Member(string service, string name, string? address, Func<ContainerView, ContainerView>? change = null)
        => Container(name, address, c =>
        {
            c = c with { ServiceUuid = service, StackUuid = View.Services[service].StackUuid };
            return change?.Invoke(c) ?? c;
        });

    /// <summary>A container; its uuid is its name.</summary>
    public TestEnvironment Container(string name, string? address, Func<ContainerView, ContainerView>? change = null)
    {
        var container = new ContainerView { Uuid = name, Name = name, PrimaryIp = address, HostUuid = "h1", NetworkMode = "managed", State = "running" };
        container = change?.Invoke(container) ?? container;
        return new(View with { Containers = View.Containers.With(container.Uuid, container) });
    }
}
