namespace Drover.Integration.Harness;

/// <summary>Stacks as tests make and watch them over the API.</summary>
internal sealed class TestStack(Api api, AgentHost host, Resource stack)
{
    public Resource Stack { get; } = stack;

    public string Name { get; } = stack["name"]!;

    /// <summary>Creates a stack from compose files with a name of its own and starts its services.</summary>
    public static async Task<TestStack> UpAsync(Api api, AgentHost host, string dockerCompose, string? rancherCompose = null, object? environment = null)
    {
        var body = new { name = Workloads.Name("it"), dockerCompose, rancherCompose = rancherCompose ?? "", environment = environment ?? new { }, startOnCreate = true };
        var stack = new TestStack(api, host, await api.CreateAsync("stacks", body));
        await stack.AreActiveAsync();
        return stack;
    }

    public async Task<Resource> ServiceAsync(string name) =>
        (await api.ListAsync($"services?stackId={Stack.Id}&name={name}")).ShouldHaveSingleItem();

    /// <summary>Waits until every service is active and at rest.</summary>
    public Task AreActiveAsync() => AreAsync("active");

    /// <summary>Waits until every service is in a state and at rest.</summary>
    public Task AreAsync(string state) => Until.SeenAsync(
        $"the services of {Name} are {state}",
        async () => await api.ListAsync($"services?stackId={Stack.Id}"),
        services => services.Count > 0 && services.All(service => service.State == state && service["transitioning"] == "no"));

    /// <summary>A container of the stack by what follows the stack's name, such as "web-1"; null where there is none.</summary>
    public Task<Resource?> FindAsync(string rest) => api.FindAsync("containers", ("name", $"{Name}-{rest}"));

    /// <summary>The same, which must be there.</summary>
    public async Task<Resource> ContainerAsync(string rest) => (await FindAsync(rest)).ShouldNotBeNull($"no container {Name}-{rest}");

    /// <summary>Names of the stack's containers on the engine, without the ends that make them unique.</summary>
    public async Task<string[]> OnEngineAsync() =>
        [.. (await host.ContainerNamesAsync()).Where(name => name.StartsWith($"r-{Name}-", StringComparison.Ordinal)).Select(name => name[(Name.Length + 3)..^9])];

    public async Task RemoveAsync()
    {
        await api.RemoveAsync(Stack);
        await api.GoneAsync(Stack);
    }
}
