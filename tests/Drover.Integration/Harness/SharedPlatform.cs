[assembly: AssemblyFixture(typeof(Drover.Integration.Harness.SharedPlatform))]

// These tests wait for engines and processes far more than they compute.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]

namespace Drover.Integration.Harness;

/// <summary>One installation for every test that leaves server, agent and engine alone.</summary>
public sealed class SharedPlatform : Platform;
