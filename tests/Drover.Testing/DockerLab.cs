using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Drover.Testing;

/// <summary>
/// Real Docker hosts for one test run: a switch in a network namespace of its own and hosts plugged into it,
/// each with its own engine. Several labs may be up at once. Needs root and what <c>install.sh</c> installs.
/// </summary>
public sealed class DockerLab : IAsyncDisposable
{
    /// <summary>This machine's address on the switch; what listens here is reached by every host.</summary>
    public const string Address = "10.201.0.1";

    private readonly SortedDictionary<int, DockerHost> _hosts = [];
    private readonly IReadOnlyList<string> _engineArguments;
    private readonly PosixSignalRegistration _onTermination;
    private bool _down;

    private DockerLab(string folder, IReadOnlyList<string> engineArguments)
    {
        Folder = folder;
        Script = new LabScript(folder);
        _engineArguments = engineArguments;
        _onTermination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Script.RunAtExit("down"));
    }

    /// <summary>The lab's folder: <c>hN/log/dockerd.log</c> and the hosts' disks are below it.</summary>
    public string Folder { get; }

    /// <summary>The hosts that were added, by number; stopped ones included.</summary>
    public IReadOnlyList<DockerHost> Hosts
    {
        get
        {
            lock (_hosts) return [.. _hosts.Values];
        }
    }

    internal LabScript Script { get; }

    private string Network => Path.Combine("/run/netns", Path.GetFileName(Folder));

    /// <summary>False with the reason, ready to print, where this machine cannot run Docker hosts.</summary>
    public static bool IsPossible([NotNullWhen(false)] out string? reason)
    {
        reason = LabRequirements.Missing;
        return reason is null;
    }

    /// <summary>
    /// Brings up <paramref name="hosts"/> hosts in about a second, after ending labs whose test run was interrupted.
    /// Throws <see cref="LabException"/> with the daemons' last log lines when one does not come up.
    /// </summary>
    /// <param name="hosts">How many hosts to begin with; 0 gives the switch alone once a host is added.</param>
    /// <param name="engineArguments">Further arguments of every dockerd, such as <c>--live-restore</c>.</param>
    /// <param name="cancellation">Gives up waiting; the lab is removed.</param>
    public static async Task<DockerLab> UpAsync(
        int hosts = 1, IReadOnlyList<string>? engineArguments = null, CancellationToken cancellation = default)
    {
        if (!IsPossible(out var reason)) throw new LabException(reason);
        await LabScript.SweepAsync(LabFolder.Root!, cancellation);
        var lab = new DockerLab(LabFolder.Create(), ["--insecure-registry", "10.201.0.0/24", .. engineArguments ?? []]);
        try
        {
            await lab.AddHostsAsync(hosts, cancellation);
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds and powers on one more host.</summary>
    public async Task<DockerHost> AddHostAsync(CancellationToken cancellation = default) =>
        (await AddHostsAsync(1, cancellation))[0];

    /// <summary>Adds and powers on hosts, all at the same time.</summary>
    public async Task<IReadOnlyList<DockerHost>> AddHostsAsync(int count, CancellationToken cancellation = default)
    {
        List<DockerHost> added;
        lock (_hosts) // tests that share a lab add hosts at the same time
        {
            var first = _hosts.Count == 0 ? 1 : _hosts.Keys.Max() + 1;
            added = [.. Enumerable.Range(first, count).Select(number => new DockerHost(this, number))];
            foreach (var host in added) _hosts.Add(host.Number, host);
        }
        foreach (var host in added)
        {
            Directory.CreateDirectory(host.Folder);
            await File.WriteAllLinesAsync(Path.Combine(host.Folder, "engine.args"), _engineArguments, cancellation);
        }
        await Script.RunAsync(["up", .. added.Select(host => host.Number.ToString(CultureInfo.InvariantCulture))], cancellation);
        return added;
    }

    /// <summary>Starts a program on this machine's side of the switch, its output appended to <paramref name="log"/>.</summary>
    public LabProcess Start(
        string path, IReadOnlyList<string> arguments, string log, IReadOnlyDictionary<string, string>? environment = null) =>
        LabProcess.Start(Script, ["run"], [path, .. arguments], log, environment, forks: false);

    /// <summary>A socket of this process that listens at <see cref="Address"/>; port 0 picks a free one.</summary>
    public Socket Listen(int port) => NetworkNamespace.Listen(Network, port);

    /// <summary>A handler whose connections leave from this machine's side of the switch; give it to an HttpClient.</summary>
    public SocketsHttpHandler CreateHttpHandler() => new()
    {
        UseProxy = false,
        ConnectCallback = async (context, cancellation) => new NetworkStream(
            await NetworkNamespace.ConnectAsync(Network, context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellation),
            ownsSocket: true),
    };

    /// <summary>Opens a TCP connection from this machine's side of the switch to a host's address.</summary>
    public Task<Socket> ConnectAsync(string address, int port, CancellationToken cancellation = default) =>
        NetworkNamespace.ConnectAsync(Network, address, port, cancellation);

    /// <summary>Lets the hosts reach a port of this machine's loopback at <see cref="Address"/>, until disposed.</summary>
    public LabRelay Expose(int port, int loopbackPort) => new(Listen(port), loopbackPort);

    /// <summary>Starts an image registry at <see cref="Address"/> that all hosts may use without TLS; private where a user is given.</summary>
    public Task<LabRegistry> StartRegistryAsync(
        string? user = null, string? password = null, int port = 5000, CancellationToken cancellation = default) =>
        LabRegistry.StartAsync(this, user, password, port, cancellation);

    /// <summary>Ends every process of the lab and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_down) return;
        _down = true;
        _onTermination.Dispose();
        await Script.RunAsync(["down"], CancellationToken.None);
    }
}
