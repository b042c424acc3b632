using Drover.Model.Agents;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Volumes;
using Drover.Server.Volumes;
using Drover.Store;

namespace Drover.Server.Hosts;

/// <summary>Takes hosts out of an environment. The machine keeps its containers (HOST-25); what the server knew of them goes.</summary>
public static class HostRemoval
{
    /// <summary>Asks for removal whatever the state is.</summary>
    public static void Forget(WriteTx tx, Entry host)
        => tx.Put(host.Wanted with { RemoveRequested = true, State = "removing", Generation = host.Wanted.Generation + 1 });

    /// <summary>Buries a removed host with its agent and the volumes that were on it.</summary>
    public static void Bury(WriteTx tx, Entry host)
    {
        foreach (var volume in tx.View.By<Volume>("hostId", host.Id).ToList()) ReportedVolumes.Bury(tx, volume);
        if (tx.View.Find<Agent>(((Host)host.Wanted).AgentId) is { } agent)
        {
            tx.PutSeen(agent.Kind.Family, agent.Id, agent.Seen with { Generation = agent.Wanted.Generation, State = "removed", Removed = tx.Now, RemoveTime = tx.Now });
            tx.Bury(agent.Kind.Family, agent.Id);
        }

        tx.Bury(host.Kind.Family, host.Id);
    }
}
