using Drover.Client.Actions;
using Drover.Client.Waiting;
using Drover.Model.Containers;
using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Model.Settings;
using Drover.Model.Stacks;

namespace Drover.Client.Tests;

/// <summary>The examples of docs/sdk.md: what stands there stands here, is compiled and, but for the upgrade, run.</summary>
internal static class Examples
{
    public static async Task<string> ConnectAsync(Uri url, string? accessKey, string? secretKey)
    {
        using var client = new DroverClient(new ClientOptions { Url = url, AccessKey = accessKey, SecretKey = secretKey });
        var environment = await client.EnterAsync("Default");
        await foreach (var host in environment.Hosts.ListAsync([("state", "active")]))
            Console.WriteLine($"{host.Name} is {host.State}");

        return environment.Id;
    }

    public static async Task<long> ReadSettingsAsync(DroverClient client)
    {
        var version = await client.Set<Setting>().GetAsync("rancher.server.version");
        var keys = await client.Environment("1a5").Set<ApiKey>().ListAsync().CountAsync();
        Console.WriteLine($"{version.Value<string>("activeValue")}, {keys} API keys");

        return keys;
    }

    public static async Task<string> StartAsync(EnvironmentClient environment)
    {
        var stack = await environment.Stacks.CreateAsync(new Stack { Name = "shop" });
        var web = await environment.Services.CreateAsync(new Service
        {
            Name = "web",
            StackId = stack.Number,
            Scale = 2,
            StartOnCreate = true,
            LaunchConfig = new LaunchConfig
            {
                Labels = EquatableMap.Of(("team", "blue")),
                Spec = new ContainerSpec { ImageUuid = "docker:nginx", Environment = EquatableMap.Of(("MODE", "demo")) },
            },
        });
        web = await environment.Services.WaitUntilAsync(web.Id, "active", TimeSpan.FromMinutes(2));
        Console.WriteLine($"{web.Name} runs {web.Seen<ServiceSeen>().CurrentScale} containers");

        return web.Id;
    }

    public static async Task ScaleAsync(EnvironmentClient environment, string id)
    {
        await environment.Services.UpdateAsync(id, service => service with { Scale = service.Scale + 1 });
        await environment.Services.WaitUntilAsync(id, service => service.Ids("instanceIds").Count == 3, TimeSpan.FromMinutes(2));
    }

    public static async Task UpgradeAsync(EnvironmentClient environment, string id)
    {
        var service = await environment.Services.GetAsync(id);
        var config = service.Wanted.LaunchConfig!;
        await environment.Services.UpgradeAsync(id, new ServiceUpgrade
        {
            InServiceStrategy = new InServiceUpgradeStrategy
            {
                BatchSize = 1,
                StartFirst = true,
                LaunchConfig = config with { Spec = config.Spec with { ImageUuid = "docker:nginx:1.29" } },
            },
        });
        await environment.Services.WaitUntilAsync(id, "upgraded", TimeSpan.FromMinutes(10));
        await environment.Services.FinishUpgradeAsync(id);
    }

    public static async Task<string?> ExportAsync(EnvironmentClient environment)
    {
        var stack = await environment.Stacks.ListAsync([("name", "shop")]).FirstAsync();
        var files = await environment.Stacks.ExportConfigAsync(stack.Id);
        Console.WriteLine(files.DockerComposeConfig);

        return files.DockerComposeConfig;
    }

    public static async Task<string?> RefusedAsync(EnvironmentClient environment)
    {
        try
        {
            await environment.Stacks.CreateAsync(new Stack { Name = "shop" });
        }
        catch (ApiException refused) when (refused.Code == "NotUnique")
        {
            Console.WriteLine($"{refused.Field} is taken ({(int)refused.Status})");

            return refused.Field;
        }

        return null;
    }

    public static async Task<string?> LateAsync(EnvironmentClient environment, string id)
    {
        try
        {
            await environment.Services.WaitUntilAsync(id, "upgraded", TimeSpan.FromSeconds(1));
        }
        catch (WaitTimeoutException late)
        {
            Console.WriteLine($"still {late.State}: {late.Reason ?? "no reason"}");

            return late.State;
        }

        return null;
    }

    public static async Task FollowAsync(EnvironmentClient environment, CancellationToken cancellation)
    {
        await foreach (var change in environment.ChangesAsync(cancellation))
            Console.WriteLine($"{change.Type} {change.Id} is {change.Resource.GetProperty("state").GetString()}");
    }

    public static async Task SignInAsync(Uri url, string password)
    {
        using var client = await DroverClient.SignInAsync(new ClientOptions { Url = url }, "ada", password);
        Console.WriteLine(await client.Environments.ListAsync().CountAsync());
        await client.SignOutAsync();
    }
}
