using System.Globalization;
using Drover.Model.Containers;
using Drover.Model.Environments;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Server.Containers;
using Drover.Server.Settings;
using Drover.Store;

namespace Drover.Server.Services;

/// <summary>The public ports of a service whose launch configs leave them open: one per private port, the same on all its containers and as long as the service lives (NET-21, ENV-29).</summary>
/// <param name="Take">All that the service has, where it must take more; null where it has what it needs.</param>
/// <param name="Missing">Why it cannot have what it needs; null where it can.</param>
public sealed record ServicePorts(EquatableMap<long>? Take = null, string? Missing = null)
{
    /// <summary>The setting with the range of environments that have none of their own, "first-last".</summary>
    public const string Setting = "environment.services.port.range";

    /// <summary>The range where nobody set another.</summary>
    public const string Default = "49153-65535";

    public static ServicePorts Nothing { get; } = new();

    /// <summary>What a service still has to take, as of a snapshot.</summary>
    public static ServicePorts Of(Snapshot view, Service service)
    {
        var open = Launch.Of(service).SelectMany(launch => OpenOf(launch).Select(port => (Key: KeyOf(launch.Name, port), Port: port))).Where(o => !service.PublicPorts.ContainsKey(o.Key)).ToList();
        if (open.Count == 0) return Nothing;
        var (first, last) = RangeOf(view, service.AccountId);
        var used = UsedIn(view, service.AccountId ?? 0);
        var taken = service.PublicPorts;
        foreach (var (key, port) in open)
        {
            if (Free(first, last, Start($"{service.Uuid} {key}"), number => !used.Contains((number, port.Protocol))) is not { } number)
                return new ServicePorts(Missing: $"No public port between {first} and {last} is left for port {port.Private} of {service.Name}");
            used.Add((number, port.Protocol));
            taken = taken.With(key, number);
        }

        return new ServicePorts(taken);
    }

    /// <summary>The ports of a launch config with what the service took in the open places.</summary>
    public static EquatableArray<string> Filled(EquatableArray<string> ports, string launch, EquatableMap<long> taken)
        => taken.Count == 0 ? ports : ports.Items.Select(text => PublishedPort.Parse(text) is { Public: null } port && taken.TryGetValue(KeyOf(launch, port), out var number) ? Text(port, number) : text).ToEquatableArray();

    /// <summary>The first free number from a start on, around the range; null where there is none.</summary>
    public static long? Free(long first, long last, uint start, Func<long, bool> isFree)
    {
        var size = last - first + 1;
        for (var step = 0L; step < size; step++)
            if (first + ((start + step) % size) is var number && isFree(number))
                return number;
        return null;
    }

    private static IEnumerable<PublishedPort> OpenOf(Launch launch)
        => launch.NetworkFrom is not null || launch.Spec.NetworkMode is "host" or "none" or "container" ? []
            : launch.Spec.Ports.Items.Select(PublishedPort.Parse).OfType<PublishedPort>().Where(port => port.Public is null);

    private static string KeyOf(string launch, PublishedPort port) => string.Create(CultureInfo.InvariantCulture, $"{launch}/{port.Private}/{port.Protocol}");

    private static string Text(PublishedPort port, long number)
        => string.Create(CultureInfo.InvariantCulture, $"{(port.Address is { } address ? address + ":" : "")}{number}:{port.Private}/{port.Protocol}");

    private static (long First, long Last) RangeOf(Snapshot view, long? environment)
        => view.Get<Project>(environment)?.ServicesPortRange is { StartPort: { } first, EndPort: { } last } && first <= last ? (first, last)
            : Read(SettingsTable.Value(view, Setting)) ?? Read(Default)!.Value;

    private static (long First, long Last)? Read(string? range)
        => range?.Split('-') is [var from, var to] && ushort.TryParse(from, CultureInfo.InvariantCulture, out var first) && ushort.TryParse(to, CultureInfo.InvariantCulture, out var last) && first > 0 && first <= last ? (first, last) : null;

    /// <summary>The numbers that services of the environment took, and those that anything in it names.</summary>
    private static HashSet<(long Number, string Protocol)> UsedIn(Snapshot view, long environment)
    {
        var used = new HashSet<(long, string)>();
        foreach (var service in AnyService.InEnvironment(view, environment))
        {
            var wanted = (Service)service.Wanted;
            foreach (var (key, number) in wanted.PublicPorts) used.Add((number, key[(key.LastIndexOf('/') + 1)..]));
            foreach (var launch in Launch.Of(wanted)) Name(launch.Spec.Ports);
        }

        foreach (var container in view.By<Container>("accountId", environment)) Name(((Container)container.Wanted).Spec.Ports);
        return used;

        void Name(EquatableArray<string> ports)
        {
            foreach (var text in ports)
                if (PublishedPort.Parse(text) is { Public: { } number } port)
                    used.Add((number, port.Protocol));
        }
    }

    /// <summary>Where the search begins: spread over the range, and the same whenever it is asked (FNV-1a).</summary>
    private static uint Start(string text) => text.Aggregate(2166136261u, (hash, letter) => unchecked((hash ^ letter) * 16777619u));
}
