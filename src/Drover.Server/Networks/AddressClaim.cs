using Drover.Model.Containers;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Server.Containers;
using Drover.Store;

namespace Drover.Server.Networks;

/// <summary>Gives a container its address on the managed network in the write that places it.</summary>
public sealed class AddressClaim(AddressBook book) : IPlacementClaim
{
    private const string RequestedIp = "io.rancher.container.requested_ip";

    /// <summary>True where a container has an address of its own on the managed network (NET-03).</summary>
    public static bool IsManaged(Container container)
        => container is { ImportedId: null, Spec: { NetworkMode: null or "" or "managed", NetworkContainerId: null } };

    public Container Claim(WriteTx tx, Container container, Entry host)
    {
        if (!IsManaged(container) || ManagedSubnet.Of(tx.View, container.AccountId) is not { } subnet) return container;
        var wanted = (Host)tx.View.Find<Host>(host.Id)!.Wanted;
        var blocks = ManagedSubnet.BlocksOf(wanted);
        if (Addresses.Parse(container.PrimaryIpAddress) is { } own && blocks.Any(b => b.Holds(own)) && !IsTaken(tx.View, container, container.PrimaryIpAddress!)) return container;
        var plan = AddressPlanner.Plan(SpaceOf(tx.View, subnet, container, wanted), blocks, Wishes(tx.View, container))
            ?? throw new PlacementRefusedException("the managed network has no address left");
        if (plan.NewBlock is { } block) tx.Put(wanted with { AddressBlocks = [.. wanted.AddressBlocks.Items, block.ToString()] });

        // Written at once: the next member of the unit is claimed for before this one is placed.
        var waiting = (Container)tx.View.Find<Container>(container.Id)!.Wanted;
        tx.Put(waiting with { PrimaryIpAddress = Addresses.Text(plan.Address), PrimaryNetworkId = subnet.NetworkId });
        return container with { PrimaryIpAddress = Addresses.Text(plan.Address), PrimaryNetworkId = subnet.NetworkId };
    }

    /// <summary>The blocks that a new host begins with, so that its network is there before its first container; none where the environment has no managed network.</summary>
    public static EquatableArray<string> FirstBlocks(Snapshot view, long environmentId)
    {
        if (ManagedSubnet.Of(view, environmentId) is not { } subnet) return [];
        var space = new AddressSpace(subnet.First, subnet.Last, _ => false, _ => false, LeasedIn(view, environmentId, 0));
        return AddressPlanner.NextBlock(space, []) is { } block ? [block.ToString()] : [];
    }

    private AddressSpace SpaceOf(Snapshot view, ManagedSubnet subnet, Container container, Host host) => new(
        subnet.First,
        subnet.Last,
        address => IsTaken(view, container, Addresses.Text(address)),
        address => book.IsResting(container.AccountId ?? 0, Addresses.Text(address)),
        LeasedIn(view, container.AccountId ?? 0, host.Id));

    private static bool IsTaken(Snapshot view, Container container, string address)
        => view.By<Container>("primaryIpAddress", address).Any(other => other.Id != container.Id && other.Wanted.AccountId == container.AccountId && IsManaged((Container)other.Wanted));

    private static Func<AddressBlock, bool> LeasedIn(Snapshot view, long environmentId, long exceptHost)
    {
        var leased = new Lazy<HashSet<AddressBlock>>(() => view.By<Host>("accountId", environmentId)
            .Where(h => h.Id != exceptHost)
            .SelectMany(h => ManagedSubnet.BlocksOf((Host)h.Wanted))
            .ToHashSet());
        return block => leased.Value.Contains(block);
    }

    private IEnumerable<uint> Wishes(Snapshot view, Container container)
    {
        IEnumerable<string?> wishes = [container.Spec.RequestedIpAddress, .. container.Labels.Find(RequestedIp)?.Split(',', StringSplitOptions.TrimEntries) ?? []];
        if (container is { ServiceId: { } service, Name: { } name } && view.Get<Service>(service)?.RetainIp == true) wishes = wishes.Append(book.LastOf(service, name));
        return wishes.Select(Addresses.Parse).OfType<uint>();
    }
}
