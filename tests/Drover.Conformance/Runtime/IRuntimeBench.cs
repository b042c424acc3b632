using Drover.Agent;
using Drover.Model.Containers;

namespace Drover.Conformance.Runtime;

/// <summary>One host to put a runtime to the test on, fresh for each test class. Its network is there.</summary>
public interface IRuntimeBench : IAsyncLifetime
{
    IHostRuntime Runtime { get; }

    /// <summary>A container that runs until it is stopped; its image is on the host.</summary>
    ContainerSpec Lasting { get; }

    /// <summary>A container that ends by itself at once with exit code 3; its image is on the host.</summary>
    ContainerSpec Ending { get; }

    /// <summary>An image of a registry that answers and does not have it.</summary>
    string UnknownImage { get; }

    /// <summary>Ends the engine in order, its containers with it.</summary>
    Task GoDownAsync();

    Task ComeUpAsync();
}
