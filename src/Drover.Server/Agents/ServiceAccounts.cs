using Drover.Model.Agents;
using Drover.Model.Containers;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Server.Containers;
using Drover.Store;

namespace Drover.Server.Agents;

/// <summary>Gives a container the accounts that its labels ask for in the write that places it; each belongs to this container alone (AUTH-29).</summary>
public sealed class ServiceAccounts(ServiceAccountSecrets secrets, IdSource ids) : IPlacementClaim
{
    public Container Claim(WriteTx tx, Container container, Entry host)
    {
        if (container.AgentIds.Count > 0 || container.ImportedId is not null) return container;
        // Whoever wrote the labels was asked already; a container that is not the platform's gets no more than an environment's rights in any case.
        var roles = ContainerRole.Of(container.Labels, container.System).Where(role => !role.IsPlatforms || container.System);
        var accounts = roles.Select(role => Create(tx, container, role)).ToEquatableArray();
        if (accounts.Count == 0) return container;
        // Written at once: should a later member of the unit be refused, the next try finds them.
        tx.Put((Container)tx.View.Find<Container>(container.Id)!.Wanted with { AgentIds = accounts });
        return container with { AgentIds = accounts };
    }

    /// <summary>The role in which a service account calls; null where it is not active, or its container is going or gone.</summary>
    public static ContainerRole? RoleOf(Snapshot view, Entry account)
        => account is { State: "active", Wanted: Agent { ContainerId: { } id } agent } && view.Find<Container>(id) is { IsRemoved: false, Wanted: Container { RemoveRequested: false } container } && container.AgentIds.Items.Contains(account.Id)
            ? ContainerRole.Find(agent.ContainerRole)
            : null;

    /// <summary>The host that an agent speaks from: its own, or that of the container whose account it is; null where there is none.</summary>
    public static Entry? HostOf(Snapshot view, long agent)
        => (view.Get<Agent>(agent) is { ContainerId: { } container } ? view.Find<Host>(view.Get<Container>(container)?.HostId) : view.By<Host>("agentId", agent).FirstOrDefault()) is { IsRemoved: false } host ? host : null;

    private long Create(WriteTx tx, Container container, ContainerRole role)
    {
        var name = ids.NewKeyName();
        var account = new Agent
        {
            AccountId = container.AccountId,
            AgentResourcesAccountId = container.AccountId,
            Uri = $"event:///instanceId={container.Id}&role={role.Name}",
            ContainerId = container.Id,
            ContainerRole = role.Name,
            PublicValue = name,
            SecretHash = AgentKeys.Hash(secrets.Of(name), name),
            State = "active",
        };
        return tx.Create(account, new AgentSeen { State = "active", Generation = 1 }).Id;
    }
}
