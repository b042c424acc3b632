using Drover.Model.Agents;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Protocol;
using Drover.Server.Hosts;
using Drover.Server.Networks;
using Drover.Store;

namespace Drover.Server.Agents;

/// <summary>Lets a host join an environment, or join it again.</summary>
public sealed class AgentRegistration(ResourceStore store, IdSource ids)
{
    /// <summary>Registers a host. Throws 409 where the machine belongs to another environment, 422 where the description is incomplete.</summary>
    /// <param name="environmentId">The environment of the token.</param>
    /// <param name="said">What the host says of itself.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<Registered> RegisterAsync(long environmentId, HostDescription said, CancellationToken cancel)
    {
        if (!Guid.TryParse(said.Uuid, out _)) throw new ProblemException(new Problem("InvalidFormat", "uuid", "The host's uuid is malformed"));
        if (string.IsNullOrWhiteSpace(said.Hostname) || said.Hostname.Length > 255) throw new ProblemException(new Problem("MissingRequired", "hostname", "The host's name is missing or too long"));
        var (access, secret) = (ids.NewKeyName(), ids.NewSecret());
        var hostId = await store.WriteAsync(tx => Register(tx, environmentId, said, access, AgentKeys.Hash(secret, access)), cancel).ConfigureAwait(false);
        return new Registered(ResourceId.Format(Catalog.All.Of<Host>(), hostId), access, secret);
    }

    private static long Register(WriteTx tx, long environmentId, HostDescription said, string access, string hash)
    {
        var known = tx.View.By<Host>("reportedUuid", said.Uuid).Where(h => h is { IsRemoved: false, Wanted.RemoveRequested: false }).ToList();
        if (known.Find(h => h.Wanted.AccountId != environmentId) is not null)
            throw new ProblemException(Problem.Conflict("This machine belongs to another environment: remove the host there first"));
        return known.FirstOrDefault() is { } again ? JoinAgain(tx, again, said, access, hash) : Join(tx, environmentId, said, access, hash);
    }

    private static long Join(WriteTx tx, long environmentId, HostDescription said, string access, string hash)
    {
        var agent = tx.Create(new Agent
        {
            AccountId = environmentId,
            AgentResourcesAccountId = environmentId,
            Uri = $"event://{said.Uuid}",
            PublicValue = access,
            SecretHash = hash,
        });
        var host = tx.Create(
            new Host
            {
                AccountId = environmentId,
                AgentId = agent.Id,
                ReportedUuid = said.Uuid,
                AddressBlocks = AddressClaim.FirstBlocks(tx.View, environmentId),
                Labels = said.Labels.With(HostFacts.Labels(said)),
                Memory = said.MemoryBytes > 0 ? said.MemoryBytes : null,
                MilliCpu = said.CpuCount > 0 ? said.CpuCount * 1000L : null,
            },
            HostFacts.Seen(new HostSeen(), said));
        return host.Id;
    }

    private static long JoinAgain(WriteTx tx, Entry host, HostDescription said, string access, string hash)
    {
        var agent = tx.View.Get<Agent>(((Host)host.Wanted).AgentId) ?? throw new ProblemException(Problem.Conflict("The host is being removed"));
        tx.Put(agent with { PublicValue = access, SecretHash = hash });
        var wanted = (Host)host.Wanted;
        tx.Put(wanted with { Labels = wanted.Labels.With(said.Labels.Items) });
        ReportedHosts.Describe(tx, host, said);
        return host.Id;
    }
}
