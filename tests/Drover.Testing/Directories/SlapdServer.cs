using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Drover.Testing.Directories;

/// <summary>A real OpenLDAP server on loopback, with TLS and the memberOf overlay, on a folder of its own.</summary>
public sealed class SlapdServer : IAsyncDisposable
{
    /// <summary>The root of its tree.</summary>
    public const string Base = "dc=lab,dc=test";

    /// <summary>Who may write.</summary>
    public const string RootDn = "cn=root," + Base;

    public const string RootPassword = "root-secret";

    private readonly string _folder;
    private PeerProcess? _process;

    private SlapdServer(string folder) => (_folder, Authority) = (folder, TestAuthority.Create(Path.Combine(folder, "tls")));

    public TestAuthority Authority { get; }

    public int Port { get; } = DirectoryPrograms.FreePort();

    public int TlsPort { get; } = DirectoryPrograms.FreePort();

    /// <summary>Starts it and adds entries.</summary>
    /// <param name="entries">LDIF below <see cref="Base"/>, which is there already.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<SlapdServer> StartAsync(string entries, CancellationToken cancellation)
    {
        var server = new SlapdServer(DirectoryPrograms.TemporaryFolder());
        try
        {
            var settings = Path.Combine(server._folder, "slapd.conf");
            Directory.CreateDirectory(Path.Combine(server._folder, "data"));
            await File.WriteAllTextAsync(settings, server.Settings(), cancellation);
            string[] command = ["/usr/sbin/slapd", "-d", "0", "-f", settings, "-h", string.Create(CultureInfo.InvariantCulture, $"ldap://127.0.0.1:{server.Port} ldaps://127.0.0.1:{server.TlsPort}")];
            server._process = await PeerProcess.StartAsync(Path.Combine(server._folder, "log"), command);
            await server._process.UntilAsync(server.ConnectAsync, cancellation);
            await File.WriteAllTextAsync(server.PasswordFile, RootPassword, cancellation);
            var root = $"dn: {Base}\nobjectClass: dcObject\nobjectClass: organization\no: Lab\ndc: lab\n\n";
            await server.ChangeAsync(root + entries, cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private string PasswordFile => Path.Combine(_folder, "password");

    /// <summary>Adds and changes entries, given as LDIF.</summary>
    public Task ChangeAsync(string entries, CancellationToken cancellation)
        => PeerProcess.RunAsync("ldapadd", ["-x", "-H", $"ldap://127.0.0.1:{Port}", "-D", RootDn, "-y", PasswordFile], entries, cancellation);

    /// <summary>Stops it as a power cut would; its folder stays until it is disposed.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        using var slapd = Process.GetProcessById(_process!.Id);
        slapd.Kill();
        await slapd.WaitForExitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", Port, cancellation);
        using var tls = new TcpClient();
        await tls.ConnectAsync("127.0.0.1", TlsPort, cancellation);
    }

    private string Settings() => $"""
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        include /etc/ldap/schema/nis.schema
        include /etc/ldap/schema/inetorgperson.schema
        pidfile {_folder}/pid
        modulepath /usr/lib/ldap
        moduleload back_mdb
        moduleload memberof
        TLSCACertificateFile {Authority.CaFile}
        TLSCertificateFile {Authority.CertificateFile}
        TLSCertificateKeyFile {Authority.KeyFile}
        database mdb
        suffix "{Base}"
        rootdn "{RootDn}"
        rootpw {RootPassword}
        directory {_folder}/data
        overlay memberof
        access to attrs=userPassword by anonymous auth by * none
        access to * by dn="cn=service,{Base}" read by * none

        """;
}
