using System.Text.RegularExpressions;
using Drover.Client;
using Drover.Client.Resources;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Model.Stacks;

namespace Drover.Cli.Lookup;

/// <summary>Finds what a person named: a wire id, "stack/service", or the name of a stack, service, container, host or volume.</summary>
internal sealed partial class ObjectLookup(EnvironmentClient environment)
{
    /// <summary>The one object of that name; throws <see cref="UsageException"/> where there is none or several.</summary>
    public async Task<FoundObject> FindAsync(string name, CancellationToken cancellation)
    {
        var found = await AllAsync(name, cancellation);
        return found.Count switch
        {
            1 => found[0],
            0 => throw new UsageException($"there is no stack, service, container, host or volume {name} in {environment.Name}"),
            _ => throw new UsageException($"{name} may be {string.Join(" or ", found.Select(one => $"{one} ({one.Id})"))}: give the id"),
        };
    }

    /// <summary>The service of that name: "stack/service", "service" where only one stack has it, or an id.</summary>
    public async Task<FoundObject<Service>> ServiceAsync(string name, CancellationToken cancellation)
    {
        var found = (await AllAsync(name, cancellation)).OfType<FoundObject<Service>>().ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw new UsageException($"there is no service {name} in {environment.Name}"),
            _ => throw new UsageException($"{name} may be {string.Join(" or ", found.Select(one => one.Name))}"),
        };
    }

    /// <summary>The stack of that name or id; null where there is none.</summary>
    public async Task<ApiResource<Stack>?> StackAsync(string name, CancellationToken cancellation) =>
        StackId().IsMatch(name) && await environment.Stacks.FindAsync(name, cancellation) is { } byId
            ? byId
            : await FirstAsync(environment.Stacks, Named(name), cancellation);

    /// <summary>The names of the environment's stacks, by wire id.</summary>
    public async Task<IReadOnlyDictionary<string, string>> StackNamesAsync(CancellationToken cancellation) =>
        (await environment.Stacks.ListAsync([NotRemoved], cancellation).ToListAsync(cancellation))
            .ToDictionary(stack => stack.Id, stack => stack.Name, StringComparer.Ordinal);

    private static (string, string) NotRemoved => ("removed_null", "1");

    private async Task<List<FoundObject>> AllAsync(string name, CancellationToken cancellation)
    {
        var found = new List<FoundObject>();
        if (WireId().Match(name) is { Success: true } id && await ByIdAsync(name, id.Groups["letters"].Value, cancellation) is { } byId) return [byId];
        if (name.Split('/') is [var stackName, var serviceName])
        {
            if (await StackAsync(stackName, cancellation) is { } stack)
                await AddAsync(environment.Services, [.. Named(serviceName), ("stackId", stack.Id)], service => $"{stack.Name}/{service.Name}", found, cancellation);
            return found;
        }

        await AddAsync(environment.Stacks, Named(name), stack => stack.Name, found, cancellation);
        if (found.Count == 0) await AddServicesAsync(name, found, cancellation);
        if (found.Count == 0) await AddAsync(environment.Containers, Named(name), container => container.Name, found, cancellation);
        if (found.Count == 0) await AddHostsAsync(name, found, cancellation);
        if (found.Count == 0) await AddAsync(environment.Volumes, Named(name), volume => volume.Name, found, cancellation);
        return found;
    }

    private async Task<FoundObject?> ByIdAsync(string id, string letters, CancellationToken cancellation) => letters switch
    {
        "st" => await OneAsync(environment.Stacks, id, cancellation),
        "s" => await OneAsync(environment.Services, id, cancellation),
        "i" => await OneAsync(environment.Containers, id, cancellation),
        "h" => await OneAsync(environment.Hosts, id, cancellation),
        "v" => await OneAsync(environment.Volumes, id, cancellation),
        _ => null,
    };

    private async Task<FoundObject?> OneAsync<T>(ResourceSet<T> set, string id, CancellationToken cancellation)
        where T : Resource
        => await set.FindAsync(id, cancellation) is { } resource ? new FoundObject<T>(environment, resource, resource.Name) : null;

    private async Task AddServicesAsync(string name, List<FoundObject> found, CancellationToken cancellation)
    {
        var stacks = await StackNamesAsync(cancellation);
        await AddAsync(
            environment.Services, Named(name),
            service => service.Text("stackId") is { } stack && stacks.TryGetValue(stack, out var of) ? $"{of}/{service.Name}" : service.Name,
            found, cancellation);
    }

    private async Task AddHostsAsync(string name, List<FoundObject> found, CancellationToken cancellation)
    {
        await foreach (var host in environment.Hosts.ListAsync([NotRemoved], cancellation))
            if (host.Wanted.Name == name || host.Text("hostname") == name)
                found.Add(new FoundObject<Drover.Model.Hosts.Host>(environment, host, host.Text("hostname") ?? host.Name));
    }

    private async Task AddAsync<T>(
        ResourceSet<T> set, (string, string)[] filters, Func<ApiResource<T>, string> nameOf, List<FoundObject> found, CancellationToken cancellation)
        where T : Resource
    {
        await foreach (var resource in set.ListAsync(filters, cancellation)) found.Add(new FoundObject<T>(environment, resource, nameOf(resource)));
    }

    private static async Task<ApiResource<T>?> FirstAsync<T>(ResourceSet<T> set, (string, string)[] filters, CancellationToken cancellation)
        where T : Resource
    {
        await foreach (var resource in set.ListAsync(filters, cancellation)) return resource;
        return null;
    }

    private static (string, string)[] Named(string name) => [("name", name), NotRemoved];

    [GeneratedRegex(@"^1(?<letters>[a-z]+)[0-9]+$")]
    private static partial Regex WireId();

    [GeneratedRegex(@"^1st[0-9]+$")]
    private static partial Regex StackId();
}
