using System.Net;
using System.Net.Sockets;

namespace Drover.Testing.Directories;

/// <summary>A real Active Directory domain: a Samba domain controller in a network namespace of its own, reached over a port of loopback.</summary>
public sealed class SambaDomain : IAsyncDisposable
{
    /// <summary>The root of its tree.</summary>
    public const string Base = "DC=lab,DC=test";

    /// <summary>Where accounts are made.</summary>
    public const string Users = "CN=Users," + Base;

    public const string AdministratorPassword = "Adm1n.Passw0rd";

    private readonly string _folder;
    private readonly List<LabRelay> _relays = [];
    private PeerProcess? _process;

    private SambaDomain(string folder) => (_folder, Authority) = (folder, TestAuthority.Create(Path.Combine(folder, "tls")));

    public TestAuthority Authority { get; }

    /// <summary>LDAP over TLS.</summary>
    public int TlsPort { get; private set; }

    /// <summary>LDAP in the clear, where a domain controller takes no passwords.</summary>
    public int Port { get; private set; }

    /// <summary>Makes the domain, fills it and starts it.</summary>
    /// <param name="fill">Python lines that act on `db`, a samba.samdb.SamDB.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<SambaDomain> StartAsync(string fill, CancellationToken cancellation)
    {
        var domain = new SambaDomain(DirectoryPrograms.TemporaryFolder());
        try
        {
            await domain.ProvisionAsync(fill, cancellation);
            await domain.ServeAsync(cancellation);
            return domain;
        }
        catch
        {
            await domain.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var relay in _relays) await relay.DisposeAsync();
        if (_process is not null) await _process.DisposeAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private string Settings => Path.Combine(_folder, "domain", "etc", "smb.conf");

    private async Task ProvisionAsync(string fill, CancellationToken cancellation)
    {
        await PeerProcess.RunAsync(
            "samba-tool",
            [
                "domain", "provision", "--realm=LAB.TEST", "--domain=LAB", "--server-role=dc", "--dns-backend=NONE", "--host-name=dc", "--host-ip=127.0.0.1",
                $"--adminpass={AdministratorPassword}", $"--targetdir={Path.Combine(_folder, "domain")}", "--option=interfaces=lo", "--option=bind interfaces only=yes",
            ],
            null,
            cancellation);
        var settings = await File.ReadAllTextAsync(Settings, cancellation);
        var own = $"""
            [global]
            	server services = ldap
            	tls keyfile = {Authority.KeyFile}
            	tls certfile = {Authority.CertificateFile}
            	tls cafile = {Authority.CaFile}
            	log file = {_folder}/samba.log
            	pid directory = {_folder}
            	ncalrpc dir = {_folder}/ncalrpc

            """;
        var kept = settings.Split('\n').Where(line => !line.TrimStart().StartsWith("server services", StringComparison.Ordinal) && !line.TrimStart().StartsWith("log file", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Settings, string.Join('\n', kept).Replace("[global]\n", own, StringComparison.Ordinal), cancellation);
        await ChangeAsync(fill, cancellation);
    }

    /// <summary>Changes the domain, whether it runs or not.</summary>
    /// <param name="lines">Python lines that act on `db`, a samba.samdb.SamDB.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task ChangeAsync(string lines, CancellationToken cancellation)
    {
        var script = $"""
            from samba.samdb import SamDB
            from samba.param import LoadParm
            from samba.auth import system_session
            lp = LoadParm()
            lp.load({Quoted(Settings)})
            db = SamDB(url={Quoted(Path.Combine(_folder, "domain", "private", "sam.ldb"))}, session_info=system_session(), lp=lp)
            {lines}
            """;
        await PeerProcess.RunAsync("/usr/bin/python3", ["-"], script, cancellation);
    }

    private async Task ServeAsync(CancellationToken cancellation)
    {
        string[] inside = ["unshare", "--net", "--mount", "bash", "-c", "ip link set lo up && mkdir -p /run/samba && mount -t tmpfs tmpfs /run/samba && exec samba -i -M single -s \"$0\"", Settings];
        _process = await PeerProcess.StartAsync(Path.Combine(_folder, "log"), inside);
        var place = $"/proc/{_process.Id}/ns/net";
        await _process.UntilAsync(
            async cancel =>
            {
                // Until the namespace is entered the process is still in this machine's own, where nobody listens.
                using var socket = await NetworkNamespace.ConnectAsync(place, "127.0.0.1", 636, cancel);
            },
            cancellation);
        TlsPort = Relay(place, 636);
        Port = Relay(place, 389);
    }

    private int Relay(string place, int port)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var relay = new LabRelay(listener, cancel => NetworkNamespace.ConnectAsync(place, "127.0.0.1", port, cancel));
        _relays.Add(relay);
        return relay.Port;
    }

    private static string Quoted(string path) => $"\"{path}\"";
}
