using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Store;

namespace Drover.Server.Containers;

/// <summary>Takes something on a host for a container in the write that places it, such as an address.</summary>
public interface IPlacementClaim
{
    /// <summary>The container with what it got. Throws <see cref="PlacementRefusedException"/> where the host has none left.</summary>
    /// <param name="tx">The write; the container is not written yet.</param>
    /// <param name="container">The container, its host set.</param>
    /// <param name="host">The host.</param>
    Container Claim(WriteTx tx, Container container, Entry host);
}

/// <summary>The host cannot take the container after all: it goes back to the queue with this reason.</summary>
public sealed class PlacementRefusedException(string reason) : Exception(reason);
