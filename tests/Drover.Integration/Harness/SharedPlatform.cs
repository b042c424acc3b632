[assembly: AssemblyFixture(typeof(Drover.Integration.Harness.SharedPlatform))]

namespace Drover.Integration.Harness;

/// <summary>One installation for every test that leaves server, agent and engine alone.</summary>
public sealed class SharedPlatform : Platform;
