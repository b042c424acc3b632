using System.Collections.Immutable;
using Drover.Model.Metadata;

namespace Drover.DataPlane.Names;

/// <summary>A view of the environment with the look-ups that names and metadata need. Immutable; a delta costs its own size.</summary>
public sealed class EnvironmentIndex
{
    private readonly LookupTable _addresses;
    private readonly LookupTable _containers;
    private readonly LookupTable _aliases;
    private readonly LookupTable _members;
    private readonly LookupTable _stacks;
    private readonly LookupTable _services;
    private readonly LookupTable _stackServices;

    private EnvironmentIndex(EnvironmentIndex? before, EnvironmentView after, Touched touched)
    {
        View = after;
        var from = before?.View ?? EnvironmentView.Empty;
        _addresses = Moved(before?._addresses, touched.Containers, from.Containers.Find, after.Containers.Find, Address);
        _containers = Moved(before?._containers, touched.Containers, from.Containers.Find, after.Containers.Find, c => [Fold(c.Name)]);
        _aliases = Moved(before?._aliases, touched.Containers, from.Containers.Find, after.Containers.Find, c => [.. c.NetAlias.Items.Select(Fold)]);
        _members = Moved(before?._members, touched.Containers, from.Containers.Find, after.Containers.Find, c => c.ServiceUuid is { } service ? [service] : []);
        _stacks = Moved(before?._stacks, touched.Stacks, from.Stacks.Find, after.Stacks.Find, s => [Fold(s.Name)]);
        _services = Moved(before?._services, touched.Services, from.Services.Find, after.Services.Find, s => [ServiceKey(s.StackUuid, OwnName(s))]);
        _stackServices = Moved(before?._stackServices, touched.Services, from.Services.Find, after.Services.Find, s => [s.StackUuid]);
    }

    /// <summary>An index of nothing.</summary>
    public static EnvironmentIndex Empty { get; } = Of(EnvironmentView.Empty);

    /// <summary>What is indexed.</summary>
    public EnvironmentView View { get; }

    public static EnvironmentIndex Of(EnvironmentView view) => new(null, view, Touched.All(view));

    /// <summary>The index after a delta.</summary>
    public EnvironmentIndex After(EnvironmentDelta delta)
    {
        var after = View.After(delta);
        return delta.Complete ? Of(after) : new EnvironmentIndex(this, after, Touched.By(delta));
    }

    /// <summary>The index of a view to which an incremental delta leads from this one's.</summary>
    public EnvironmentIndex Moved(EnvironmentView after, EnvironmentDelta delta) => new(this, after, Touched.By(delta));

    /// <summary>The container that speaks from an address of the managed network; null where none is known. Of several the one that runs.</summary>
    public ContainerView? ByAddress(string address)
    {
        ContainerView? found = null;
        foreach (var uuid in _addresses[address])
        {
            var container = View.Containers[uuid];
            if (found is null || (!Health.IsUp(found) && Health.IsUp(container))) found = container;
        }

        return found;
    }

    /// <summary>The containers with this name, any letter case.</summary>
    public IEnumerable<ContainerView> Named(string name) => _containers[Fold(name)].Select(uuid => View.Containers[uuid]);

    /// <summary>The containers with this alias on their network, any letter case.</summary>
    public IEnumerable<ContainerView> Aliased(string alias) => _aliases[Fold(alias)].Select(uuid => View.Containers[uuid]);

    /// <summary>The containers of a service, oldest first.</summary>
    public IEnumerable<ContainerView> ContainersOf(string serviceUuid)
        => _members[serviceUuid].Select(uuid => View.Containers[uuid]).OrderBy(c => c.CreateIndex ?? long.MaxValue).ThenBy(c => c.Name, StringComparer.Ordinal);

    /// <summary>The services of a stack, sidekicks included.</summary>
    public IEnumerable<ServiceView> ServicesOf(string stackUuid) => _stackServices[stackUuid].Select(uuid => View.Services[uuid]);

    /// <summary>The service of a name such as "web" or "sidekick.web" in a stack, any letter case; null where there is none.</summary>
    public ServiceView? Service(string stack, string name)
        => _stacks[Fold(stack)]
            .SelectMany(uuid => _services[ServiceKey(uuid, Fold(name))])
            .Select(uuid => View.Services[uuid])
            .FirstOrDefault();

    /// <summary>The service of a container; null for a standalone one.</summary>
    public ServiceView? ServiceOf(ContainerView? container) => container?.ServiceUuid is { } uuid ? View.Services.Find(uuid) : null;

    /// <summary>The stack of a container; null for a standalone one.</summary>
    public StackView? StackOf(ContainerView? container)
        => (container?.StackUuid ?? ServiceOf(container)?.StackUuid) is { } uuid ? View.Stacks.Find(uuid) : null;

    /// <summary>The address a container is reached at, which may be that of the container whose network it shares, or its host's; null where it has none.</summary>
    public string? AddressOf(ContainerView container)
        => container.PrimaryIp is { Length: > 0 } own ? own
            : container.NetworkFromUuid is { } other && other != container.Uuid ? View.Containers.Find(other)?.PrimaryIp
            : null;

    private static LookupTable Moved<T>(
        LookupTable? table, ImmutableArray<string> touched, Func<string, T?> before, Func<string, T?> after, Func<T, ImmutableArray<string>> keys)
        where T : class
        => (table ?? default).Moved(touched.Select(uuid => (
            uuid,
            table is not null && before(uuid) is { } old ? keys(old) : [],
            after(uuid) is { } now ? keys(now) : [])));

    private static ImmutableArray<string> Address(ContainerView container)
        => container is { PrimaryIp: { Length: > 0 } address, NetworkMode: null or "managed" } ? [address] : [];

    private static string OwnName(ServiceView service)
        => Fold(service.IsSidekick ? $"{service.Name}.{service.PrimaryServiceName}" : service.Name);

    private static string ServiceKey(string stackUuid, string name) => $"{stackUuid}/{name}";

    private static string Fold(string name) => name.ToLowerInvariant();

    private sealed record Touched(ImmutableArray<string> Stacks, ImmutableArray<string> Services, ImmutableArray<string> Containers)
    {
        public static Touched All(EnvironmentView view) => new([.. view.Stacks.Keys], [.. view.Services.Keys], [.. view.Containers.Keys]);

        public static Touched By(EnvironmentDelta delta) => new(
            [.. delta.Stacks.Keys, .. delta.Removed],
            [.. delta.Services.Keys, .. delta.Removed],
            [.. delta.Containers.Keys, .. delta.Removed]);
    }
}
