using System.Collections.Immutable;
using System.Net;
using Drover.Model.Kernel;
using Drover.Model.Metadata;

namespace Drover.DataPlane.Names;

/// <summary>Answers names as the asking container sees them (features.md section 10). Reads no clock and no network.</summary>
public static class NameResolver
{
    /// <summary>The domain that is ours alone.</summary>
    public const string Domain = "rancher.internal";

    /// <summary>The name of the metadata service.</summary>
    public const string MetadataName = "rancher-metadata";

    /// <summary>Where names and metadata are served on every host.</summary>
    public static IPAddress ServiceAddress { get; } = IPAddress.Parse("169.254.169.250");

    /// <param name="index">The environment.</param>
    /// <param name="source">The address the question came from.</param>
    /// <param name="name">Any letter case, with or without the last dot.</param>
    /// <param name="order">Turns the addresses, so that callers spread.</param>
    public static NameAnswer Resolve(EnvironmentIndex index, IPAddress source, string name, uint order)
    {
        var asked = name.TrimEnd('.').ToLowerInvariant();
        var client = index.ByAddress(source.ToString());
        if (asked == Domain) return new NameAnswer.Missing();
        if (asked.EndsWith("." + Domain, StringComparison.Ordinal))
            return Find(index, client, asked[..^(Domain.Length + 1)], order) ?? new NameAnswer.Missing();
        foreach (var candidate in Candidates(index, client, asked))
            if (Find(index, client, candidate, order) is { } answer)
                return answer;
        return new NameAnswer.Elsewhere(Resolvers(client));
    }

    /// <summary>The name of what has an address, without a last dot; null where it is not ours.</summary>
    public static string? NameOf(EnvironmentIndex index, IPAddress address)
        => address.Equals(ServiceAddress) ? $"{MetadataName}.{Domain}"
            : index.ByAddress(address.ToString()) is { } container ? $"{container.Name.ToLowerInvariant()}.{Domain}"
            : null;

    /// <summary>The resolvers that a container brings with it: never ourselves, nothing on its own loopback.</summary>
    public static ImmutableArray<IPAddress> Resolvers(EnvironmentIndex index, IPAddress source) => Resolvers(index.ByAddress(source.ToString()));

    /// <summary>The search domains of a container (DNS-01): the stack's, the service's, the environment's.</summary>
    public static ImmutableArray<string> SearchDomains(string? stack, string? service)
        => stack is null ? [Domain]
            : service is null ? [Lower($"{stack}.{Domain}"), Domain]
            : [Lower($"{stack}.{Domain}"), Lower($"{service}.{stack}.{Domain}"), Domain];

    /// <summary>A link's alias comes before everything else, whichever search domain would find another thing first (DNS-07).</summary>
    private static IEnumerable<string> Candidates(EnvironmentIndex index, ContainerView? client, string asked)
    {
        if (client is not null && Link(index, client, asked) is not null) yield return asked;
        foreach (var domain in SearchDomains(index.StackOf(client)?.Name, PrimaryName(index.ServiceOf(client))))
            yield return domain == Domain ? asked : $"{asked}.{domain[..^(Domain.Length + 1)]}";
    }

    private static NameAnswer? Find(EnvironmentIndex index, ContainerView? client, string local, uint order)
    {
        if (client is not null && Link(index, client, local) is { } link) return link(order);
        if (local == MetadataName) return new NameAnswer.Addresses([ServiceAddress]);
        if (local.LastIndexOf('.') is > 0 and var dot && index.Service(local[(dot + 1)..], local[..dot]) is { } service)
            return ServiceAnswer(index, client, service, order);
        return ContainerAnswer(index, index.Named(local), order) ?? ContainerAnswer(index, index.Aliased(local), order);
    }

    /// <summary>What a link of the client means; null where it has none of this name. Service links come before container links.</summary>
    private static Func<uint, NameAnswer>? Link(EnvironmentIndex index, ContainerView client, string local)
    {
        foreach (var (alias, uuid) in index.ServiceOf(client)?.Links.Items ?? EquatableMap.Of<string>().Items)
            if (index.View.Services.Find(uuid) is { } service && IsAlias(alias, local, index.StackOf(client), index.View.Stacks.Find(service.StackUuid)))
                return order => ServiceAnswer(index, client, service, order);
        foreach (var (alias, uuid) in client.Links.Items)
            if (index.View.Containers.Find(uuid) is { } container && IsAlias(alias, local, index.StackOf(client), null))
                return order => (NameAnswer?)ContainerAnswer(index, [container], order) ?? new NameAnswer.Missing();
        return null;
    }

    private static bool IsAlias(string alias, string local, params ReadOnlySpan<StackView?> stacks)
    {
        if (!local.StartsWith(alias, StringComparison.OrdinalIgnoreCase)) return false;
        if (local.Length == alias.Length) return true;
        foreach (var stack in stacks)
            if (stack is not null && string.Equals(local, $"{alias}.{stack.Name}", StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    private static NameAnswer ServiceAnswer(EnvironmentIndex index, ContainerView? client, ServiceView service, uint order)
    {
        var found = Endpoints(index, client, service, []);
        var addresses = found.OfType<NameAnswer.Addresses>().SelectMany(a => a.Items).Distinct().ToImmutableArray();
        if (!addresses.IsEmpty) return new NameAnswer.Addresses(Turned(addresses, order));
        return found.OfType<NameAnswer.Alias>().FirstOrDefault() as NameAnswer ?? new NameAnswer.Missing();
    }

    /// <param name="visited">Services already asked: aliases may point at each other.</param>
    private static ImmutableArray<NameAnswer> Endpoints(EnvironmentIndex index, ContainerView? client, ServiceView service, HashSet<string> visited)
        => !visited.Add(service.Uuid) ? [] : service.Kind switch
        {
            "externalService" when service.ExternalIps.Count > 0
                => [new NameAnswer.Addresses([.. service.ExternalIps.Items.Select(Parsed).OfType<IPAddress>()])],
            "externalService" => service.Hostname is { Length: > 0 } target ? [new NameAnswer.Alias(target)] : [],
            "dnsService" => [.. service.Links.Values
                .Select(index.View.Services.Find)
                .OfType<ServiceView>()
                .SelectMany(next => Endpoints(index, client, next, visited))],
            _ => [new NameAnswer.Addresses(Serving(index, Visible(client, service, index.ContainersOf(service.Uuid))))],
        };

    /// <summary>Members of one deployment unit see each other and not the other units' (DNS-04).</summary>
    private static IEnumerable<ContainerView> Visible(ContainerView? client, ServiceView service, IEnumerable<ContainerView> containers)
    {
        if (client is not { DeploymentUnitUuid: { } unit, ServiceUuid: { } own } || own == service.Uuid) return containers;
        var all = containers.ToList();
        var mates = all.FindAll(c => c.DeploymentUnitUuid == unit);
        return mates.Count > 0 ? mates : all;
    }

    private static NameAnswer.Addresses? ContainerAnswer(EnvironmentIndex index, IEnumerable<ContainerView> containers, uint order)
    {
        var addresses = Serving(index, containers);
        return addresses.IsEmpty ? null : new NameAnswer.Addresses(Turned(addresses, order));
    }

    /// <summary>The addresses of those that serve; of all where none does (DNS-13).</summary>
    private static ImmutableArray<IPAddress> Serving(EnvironmentIndex index, IEnumerable<ContainerView> containers)
    {
        var all = containers.Select(c => (Serves: Health.IsServing(c), Address: Parsed(index.AddressOf(c)))).Where(c => c.Address is not null).ToList();
        var serving = all.FindAll(c => c.Serves);
        return [.. (serving.Count > 0 ? serving : all).Select(c => c.Address!).Distinct()];
    }

    private static ImmutableArray<IPAddress> Resolvers(ContainerView? client)
        => client is null ? []
            : [.. client.Dns.Items.Select(Parsed).OfType<IPAddress>().Where(a => !a.Equals(ServiceAddress) && !IPAddress.IsLoopback(a))];

    private static ImmutableArray<IPAddress> Turned(ImmutableArray<IPAddress> items, uint order)
    {
        var start = (int)(order % (uint)items.Length);
        return start == 0 ? items : [.. items[start..], .. items[..start]];
    }

    private static IPAddress? Parsed(string? text) => IPAddress.TryParse(text, out var address) ? address : null;

    private static string? PrimaryName(ServiceView? service) => service?.PrimaryServiceName ?? service?.Name;

    private static string Lower(string text) => text.ToLowerInvariant();
}
