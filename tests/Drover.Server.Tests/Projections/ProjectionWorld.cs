using Drover.Model.Containers;
using Drover.Model.Environments;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Metadata;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Server.Projections;
using Drover.Store;
using Drover.Testing;

namespace Drover.Server.Tests.Projections;

/// <summary>A store with the Default environment, to project.</summary>
internal sealed class ProjectionWorld
{
    public const long Environment = TestWorld.Environment;

    public ResourceStore Store { get; } = new(Catalog.All, new ManualTime(), Guid.NewGuid);

    public EnvironmentView View => EnvironmentProjection.Of(Store.Current, Environment);

    public static async Task<ProjectionWorld> CreateAsync()
    {
        var world = new ProjectionWorld();
        await FirstStart.SeedAsync(world.Store, TestContext.Current.CancellationToken);
        return world;
    }

    public Task<T> WriteAsync<T>(Func<WriteTx, T> body) => Store.WriteAsync(body, TestContext.Current.CancellationToken);

    public Task WriteAsync(Action<WriteTx> body) => Store.WriteAsync(body, TestContext.Current.CancellationToken);

    public Task<Host> HostAsync(string uuid, string agentIp = "192.168.0.1", EquatableArray<string> blocks = default)
        => WriteAsync(tx => tx.Create(new Host { AccountId = Environment, Uuid = uuid, AddressBlocks = blocks }, new HostSeen { Hostname = uuid, AgentIpAddress = agentIp, State = "active", Generation = 1 }));

    public Task<Stack> StackAsync(string name) => WriteAsync(tx => tx.Create(new Stack { AccountId = Environment, Uuid = $"stack-{name}", Name = name }));

    public Task<Service> ServiceAsync(Stack stack, string name, Func<Service, Service>? change = null)
        => WriteAsync(tx =>
        {
            var service = new Service { AccountId = Environment, Uuid = $"service-{name}", Name = name, StackId = stack.Id };
            return tx.Create(change?.Invoke(service) ?? service);
        });

    public Task<Container> ContainerAsync(string uuid, Func<Container, Container>? change = null, ContainerSeen? seen = null)
        => WriteAsync(tx =>
        {
            var container = new Container { AccountId = Environment, Uuid = uuid, Name = uuid };
            return tx.Create(change?.Invoke(container) ?? container, seen);
        });

    public Task RenameAsync(string name) => WriteAsync(tx => tx.Put(tx.View.Get<Project>(Environment)! with { Name = name }));
}
