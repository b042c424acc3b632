using System.Diagnostics;

namespace Drover.Testing;

/// <summary>An image registry on this machine's side of the switch; with a user it wants user and password from everyone.</summary>
public sealed class LabRegistry : IAsyncDisposable
{
    private readonly LabProcess _process;
    private readonly int _port;

    private LabRegistry(LabProcess process, int port, string? user, string? password) =>
        (_process, _port, User, Password) = (process, port, user, password);

    /// <summary>Host and port, as an image name begins.</summary>
    public string Address => $"{DockerLab.Address}:{_port}";

    /// <summary>The user that may pull and push; null where anyone may.</summary>
    public string? User { get; }

    /// <summary>The user's password.</summary>
    public string? Password { get; }

    /// <summary>Tags an image of the host for this registry and pushes it; returns the name to pull.</summary>
    public async Task<string> PushAsync(DockerHost host, string image, string repository)
    {
        var name = $"{Address}/{repository}";
        await host.ExecAsync("docker", "tag", image, name);
        if (User is not null) await host.ExecAsync("docker", "login", "--username", User, "--password", Password!, Address);
        await host.ExecAsync("docker", "push", "--quiet", name);
        if (User is not null) await host.ExecAsync("docker", "logout", Address);
        return name;
    }

    /// <summary>Stops the registry.</summary>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    internal static async Task<LabRegistry> StartAsync(
        DockerLab lab, string? user, string? password, int port, CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(Path.Combine(lab.Folder, $"registry-{port}")).FullName;
        var users = Path.Combine(folder, "htpasswd");
        if (user is not null) await WriteUsersAsync(users, user, password!, cancellation);
        var settings = Path.Combine(folder, "config.yml");
        await File.WriteAllTextAsync(settings, Settings(folder, user is null ? null : users, port), cancellation);
        var registry = new LabRegistry(
            lab.Start("docker-registry", ["serve", settings], Path.Combine(folder, "registry.log")), port, user, password);
        await registry.WaitUntilReadyAsync(lab, cancellation);
        return registry;
    }

    private static string Settings(string folder, string? users, int port) => $$"""
        version: 0.1
        log: { level: warn }
        storage: { filesystem: { rootdirectory: {{folder}}/data } }
        http: { addr: "{{DockerLab.Address}}:{{port}}" }
        {{(users is null ? "" : $"auth: {{ htpasswd: {{ realm: lab, path: {users} }} }}")}}
        """;

    private static async Task WriteUsersAsync(string path, string user, string password, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("htpasswd", ["-Bin", user]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(password);
        process.StandardInput.Close();
        await File.WriteAllTextAsync(path, await process.StandardOutput.ReadToEndAsync(cancellation), cancellation);
    }

    private async Task WaitUntilReadyAsync(DockerLab lab, CancellationToken cancellation)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(20, cancellation))
        {
            try
            {
                using var socket = await lab.ConnectAsync(DockerLab.Address, _port, cancellation);
                return;
            }
            catch (System.Net.Sockets.SocketException) when (watch.Elapsed < TimeSpan.FromSeconds(20) && !_process.HasExited)
            {
                // Not listening yet: asked again shortly, within the deadline.
            }
            catch (System.Net.Sockets.SocketException)
            {
                throw new LabException($"the registry does not listen; its log ends: {await File.ReadAllTextAsync(_process.LogPath, cancellation)}");
            }
        }
    }
}
