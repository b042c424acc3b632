using Drover.Model.Environments;
using Drover.Model.Kernel;
using Drover.Model.Networks;
using Drover.Store;

namespace Drover.Server.Environments;

/// <summary>Gives a new environment what it cannot be without: members, the managed network and its subnet.</summary>
public static class NewEnvironment
{
    /// <summary>The managed network's addresses: 65,000 containers per environment.</summary>
    public const string NetworkAddress = "10.42.0.0";

    /// <summary>Creates members, network and subnet and makes the network the environment's default.</summary>
    /// <param name="tx">The write that creates the project.</param>
    /// <param name="project">The project as it was created.</param>
    /// <param name="members">At least one owner.</param>
    /// <param name="seen">The status that the companions start with; null for the empty one.</param>
    public static void Complete(WriteTx tx, Project project, IEnumerable<ProjectMember> members, Seen? seen = null)
    {
        foreach (var member in members)
            tx.Create(Members.Normal(member) with { Id = 0, ProjectId = project.Id, AccountId = project.Id }, seen);
        var network = tx.Create(new Network { Name = "managed", AccountId = project.Id, HostPorts = true }, seen);
        tx.Create(
            new Subnet
            {
                Name = "managed",
                AccountId = project.Id,
                NetworkId = network.Id,
                NetworkAddress = NetworkAddress,
                CidrSize = 16,
                Gateway = "10.42.0.1",
                StartAddress = "10.42.0.2",
                EndAddress = "10.42.255.250",
            },
            seen);
        tx.Put(project with { DefaultNetworkId = network.Id });
    }
}
