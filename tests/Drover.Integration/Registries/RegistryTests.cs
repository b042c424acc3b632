namespace Drover.Integration.Registries;

/// <summary>Images of a private registry, with the environment's registry and registryCredential.</summary>
public sealed class RegistryTests(SharedPlatform platform) : IAsyncLifetime
{
    private const string User = "alice", Password = "s3cret-of-alice", WrongPassword = "n0t-her-secret";
    private LabRegistry? _registry;
    private string _image = "";

    private Api Api => platform.Api;

    private AgentHost Host => platform.Host;

    public async ValueTask InitializeAsync()
    {
        _registry = await platform.Lab.StartRegistryAsync(User, Password, cancellation: TestContext.Current.CancellationToken);
        _image = await _registry.PushAsync(Host.Machine, TestImages.Busybox, "team/app:1");
        await Host.DockerAsync("rmi", _image);
    }

    public async ValueTask DisposeAsync()
    {
        if (_registry is not null) await _registry.DisposeAsync();
    }

    [Fact]
    public async Task A_private_image_is_pulled_with_the_environments_credential_and_refused_without_the_right_one()
    {
        var registry = await Api.CreateAsync("registries", new { serverAddress = _registry!.Address });
        await Api.InStateAsync(registry, "active");

        await IsRefusedAsync(_image, "no basic auth credentials");
        var wrong = await CredentialAsync(registry, WrongPassword);
        (await IsRefusedAsync(_image, "unauthorized")).ShouldNotContain(WrongPassword);
        await Api.ActAsync(wrong, "deactivate");
        await CredentialAsync(registry, Password);
        var container = await RunAsync(_image);
        await Api.InStateAsync(container, "running");
        await Api.RemoveAsync(container);
        await Api.GoneAsync(container);

        await Host.DockerAsync("rmi", _image);
        (await PullAsync(_image)).ShouldBe("no");
        (await Host.DockerAsync("image", "inspect", "--format", "{{.Os}}", _image)).ShouldContain("linux");
        var unknown = $"{_registry.Address}/team/no-such-app:7";
        await IsRefusedAsync(unknown, "no-such-app");
        (await PullAsync(unknown)).ShouldBe("error");
        await SecretsAreNowhereAsync();
    }

    /// <summary>Has all hosts pull an image and returns the task's last `transitioning`.</summary>
    private async Task<string?> PullAsync(string image)
    {
        var task = await Api.CreateAsync("pullTasks", new { image, mode = "all" });
        return (await Api.SeenAsync(task, "is over", seen => seen["transitioning"] is not "yes"))["transitioning"];
    }

    private async Task<Resource> CredentialAsync(Resource registry, string password)
    {
        var made = await Api.CreateAsync("registryCredentials", new { registryId = registry.Id, publicValue = User, secretValue = password, email = "alice@example.com" });
        return await Api.InStateAsync(made, "active");
    }

    private Task<Resource> RunAsync(string image) =>
        Api.CreateAsync("containers", new { name = Workloads.Name("private"), imageUuid = $"docker:{image}", command = Workloads.Idle });

    /// <summary>Tries to run an image, waits until the first try has failed for this reason, removes the container and returns the message. That it is given up in the end is another test's.</summary>
    private async Task<string> IsRefusedAsync(string image, string reason)
    {
        var container = await RunAsync(image);
        var failed = await Api.SeenAsync(
            container, $"says {reason}", seen => seen["transitioningMessage"]?.Contains(reason, StringComparison.OrdinalIgnoreCase) == true && !seen["transitioningMessage"]!.StartsWith("Storage", StringComparison.Ordinal));
        failed.Why.ShouldNotBeNull().ShouldContain(failed["transitioningMessage"]!);
        failed.State.ShouldNotBe("running");
        await Api.RemoveAsync(container);
        await Api.GoneAsync(container);
        (await Host.ContainerNamesAsync()).ShouldNotContain(name => name.Contains(container["name"]!, StringComparison.Ordinal));
        return failed["transitioningMessage"]!;
    }

    private async Task SecretsAreNowhereAsync()
    {
        var places = new Dictionary<string, string>
        {
            ["the server's log"] = await File.ReadAllTextAsync(platform.Server.LogPath, TestContext.Current.CancellationToken),
            ["the agent's log"] = await File.ReadAllTextAsync(Host.LogPath, TestContext.Current.CancellationToken),
            ["process arguments"] = CommandLines(),
        };
        foreach (var collection in (string[])["registries", "registryCredentials", "credentials", "containers", "storagePools", "pullTasks"])
            places[$"GET {collection}"] = (await Api.SendAsync(HttpMethod.Get, $"{collection}?removed_null=1")).Text;
        foreach (var (place, text) in places)
        {
            text.ShouldNotContain(Password, customMessage: place);
            text.ShouldNotContain(WrongPassword, customMessage: place);
        }
    }

    private static string CommandLines()
    {
        var lines = new List<string>();
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            try
            {
                lines.Add(File.ReadAllText(Path.Combine(process, "cmdline")));
            }
            catch (IOException)
            {
                // It ended meanwhile.
            }
        }

        return string.Join('\n', lines);
    }
}
