using System.Net;
using System.Reflection;
using Drover.Client.Actions;
using Drover.Model.Containers;
using Drover.Model.Credentials;
using Drover.Model.Environments;
using Drover.Model.Kernel;
using Drover.Model.Secrets;
using Drover.Model.Services;
using Drover.Model.Settings;
using Drover.Model.Stacks;

namespace Drover.Client.Tests;

/// <summary>The client against the server as it is.</summary>
public sealed class RealServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_that_a_caller_may_list_is_listed_typed()
    {
        await using var server = await RealServer.StartAsync();
        await server.Environment.Stacks.CreateAsync(new Stack { Name = "s", DockerCompose = "web: {image: nginx}" }, Token);
        var read = typeof(RealServerTests).GetMethod(nameof(ReadAllAsync), BindingFlags.NonPublic | BindingFlags.Static)!;
        foreach (var (role, isEnvironment) in ((Roles, bool)[])[(Roles.Admin, false), (Roles.Owner, true)])
            foreach (var kind in server.Server.Parts.Catalogs.Of(role).Kinds.Where(kind => kind.MayList && kind.Kind.Name != "subscribe").Select(kind => kind.Kind)) // which is a stream: ChangesAsync
                await (Task)read.MakeGenericMethod(kind.ClrType).Invoke(null, [server, isEnvironment])!;
    }

    [Fact]
    public async Task What_is_created_reads_back_as_it_was_asked_for()
    {
        await using var server = await RealServer.StartAsync();
        var stack = await server.Environment.Stacks.CreateAsync(new Stack { Name = "app", Description = "d" }, Token);
        var wanted = new Service
        {
            Name = "web",
            StackId = stack.Number,
            Scale = 0,
            Metadata = RawJson.From(System.Text.Json.Nodes.JsonNode.Parse("""{"deep":[1,{"er":null}]}""")!),
            LaunchConfig = new LaunchConfig
            {
                Labels = EquatableMap.Of(("a", "b")),
                Spec = new ContainerSpec { ImageUuid = "docker:nginx", Ports = ["80:80/tcp"], Environment = EquatableMap.Of(("A", "1=2")), LogConfig = new LogConfig { Driver = "json-file" } },
            },
        };
        var made = await server.Environment.Services.CreateAsync(wanted, Token);
        var service = (await server.Environment.Services.GetAsync(made.Id, Token)).Wanted;

        (service.Name, service.StackId, service.Scale, service.Metadata).ShouldBe((wanted.Name, wanted.StackId, wanted.Scale, wanted.Metadata));
        service.LaunchConfig!.Labels.ShouldBe(wanted.LaunchConfig.Labels);
        service.LaunchConfig.Spec.Environment.ShouldBe(wanted.LaunchConfig.Spec.Environment);
        service.LaunchConfig.Spec.LogConfig!.Driver.ShouldBe("json-file");
        service.LaunchConfig.Spec.Ports.ShouldBe(wanted.LaunchConfig.Spec.Ports);
    }

    [Fact]
    public async Task A_list_of_many_pages_has_each_object_once_in_the_order_asked_for()
    {
        await using var server = await RealServer.StartAsync();
        for (var number = 0; number < 8; number++) await server.Environment.Stacks.CreateAsync(new Stack { Name = $"s{number}" }, Token);
        var names = await server.Environment.Stacks.ListAsync([("name_prefix", "s"), ("sort", "name"), ("order", "desc"), ("limit", "3")], Token).Select(stack => stack.Name).ToListAsync(Token);
        names.ShouldBe(["s7", "s6", "s5", "s4", "s3", "s2", "s1", "s0"]);
    }

    [Fact]
    public async Task Reading_a_list_ends_where_the_caller_gives_up()
    {
        await using var server = await RealServer.StartAsync();
        for (var number = 0; number < 3; number++) await server.Environment.Stacks.CreateAsync(new Stack { Name = $"s{number}" }, Token);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in server.Environment.Stacks.ListAsync([("limit", "1")], enough.Token)) await enough.CancelAsync();
        });
    }

    [Fact]
    public async Task A_service_is_started_followed_changed_linked_exported_and_removed()
    {
        await using var server = await RealServer.StartAsync();
        var environment = server.Environment;
        await server.JoinHostAsync();
        var stack = await environment.Stacks.CreateAsync(new Stack { Name = "app", DockerCompose = "version: '2'\nservices:\n  web:\n    image: nginx\n  db:\n    image: redis\n", StartOnCreate = true }, Token);
        stack = await environment.Stacks.WaitUntilAsync(stack.Id, each => each.Ids("serviceIds").Count == 2, RealServer.Limit, Token);
        var services = await environment.Services.LinkedAsync(stack.Links["services"], Token).ToListAsync(Token);
        var web = await environment.Services.WaitUntilAsync(services.Single(each => each.Name == "web").Id, "active", RealServer.Limit, Token);
        var db = services.Single(each => each.Name == "db");

        await environment.Services.UpdateAsync(web.Id, service => service with { Scale = 2 }, Token);
        web = await environment.Services.WaitUntilAsync(web.Id, each => !each.IsTransitioning && each.Seen<ServiceSeen>().CurrentScale == 2, RealServer.Limit, Token);
        web.Ids("instanceIds").Count.ShouldBe(2);

        await environment.Services.AddServiceLinkAsync(web.Id, new AddRemoveServiceLinkInput { ServiceLink = new ServiceLink { Name = "store", ServiceId = db.Number } }, Token);
        (await environment.Services.GetAsync(web.Id, Token)).Value<Dictionary<string, string>>("linkedServices")!["store"].ShouldBe(db.Id);
        (await environment.Stacks.ExportConfigAsync(stack.Id, cancellation: Token)).DockerComposeConfig!.ShouldContain("nginx");

        var container = await environment.Containers.GetAsync(web.Ids("instanceIds")[0], Token);
        await environment.Services.DeactivateAsync(web.Id, Token);
        (await environment.Services.WaitUntilSettledAsync(web.Id, RealServer.Limit, Token)).State.ShouldBe("inactive");
        container.Wanted.Spec.ImageUuid.ShouldBe("docker:nginx");

        await environment.Stacks.DeleteAsync(stack.Id, Token);
        await environment.Stacks.WaitUntilRemovedAsync(stack.Id, RealServer.Limit, Token);
        await environment.Services.WaitUntilRemovedAsync(web.Id, RealServer.Limit, Token);
    }

    [Fact]
    public async Task Refusals_name_code_field_and_status()
    {
        await using var server = await RealServer.StartAsync();
        var missing = await Should.ThrowAsync<ApiException>(() => server.Environment.Stacks.CreateAsync(new Stack(), Token));
        (missing.Status, missing.Code, missing.Field).ShouldBe((HttpStatusCode.UnprocessableEntity, "MissingRequired", "name"));
        var gone = await Should.ThrowAsync<ApiException>(() => server.Environment.Stacks.GetAsync("1st99", Token));
        (gone.Status, gone.Code, gone.Field).ShouldBe((HttpStatusCode.NotFound, "Not Found", null));
        var files = await Should.ThrowAsync<ApiException>(() => server.Environment.Stacks.CreateAsync(new Stack { Name = "s", DockerCompose = "web: {image: x, prots: []}" }, Token));
        files.Field.ShouldBe("dockerCompose");
        files.Reason!.ShouldContain("prots");
        var action = await Should.ThrowAsync<ApiException>(() => server.Client.Environments.ActAsync("1a5", "fly", cancellation: Token));
        (action.Code, action.Field).ShouldBe(("InvalidAction", "action"));
    }

    [Fact]
    public async Task An_api_key_signs_in_and_a_wrong_one_does_not()
    {
        await using var server = await RealServer.StartAsync();
        var key = await server.Environment.Set<ApiKey>().CreateAsync(new ApiKey { Name = "k" }, Token);
        await server.Environment.Set<ApiKey>().WaitUntilAsync(key.Id, "active", RealServer.Limit, Token);
        var options = new ClientOptions { Url = server.Url, AccessKey = key.Text("publicValue"), SecretKey = key.Text("secretValue") };
        using (var client = new DroverClient(options)) (await client.EnterAsync(cancellation: Token)).Id.ShouldBe("1a5");
        await server.Client.Set<Setting>().CreateAsync(new Setting { Name = "api.security.enabled", Value = "true" }, Token);
        using var wrong = new DroverClient(options with { SecretKey = "wrong" });
        (await Should.ThrowAsync<ApiException>(() => wrong.EnterAsync(cancellation: Token))).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Kinds_with_names_for_ids_and_kinds_that_only_hold_data_are_used_like_all_others()
    {
        await using var server = await RealServer.StartAsync();
        var setting = await server.Client.Set<Setting>().CreateAsync(new Setting { Name = "my.own", Value = "1" }, Token);
        (setting.Id, setting.Number).ShouldBe(("my.own", 0));
        (await server.Client.Set<Setting>().UpdateAsync("my.own", own => own with { Value = "2" }, Token)).Value<string>("activeValue").ShouldBe("2");
        var secret = await server.Environment.Set<Secret>().CreateAsync(new Secret { Name = "pin", Value = "MTIzNA==" }, Token);
        await server.Environment.Set<Secret>().WaitUntilSettledAsync(secret.Id, RealServer.Limit, Token);
        await server.Environment.Set<Secret>().DeleteAsync(secret.Id, Token);
        await server.Environment.Set<Secret>().WaitUntilRemovedAsync(secret.Id, RealServer.Limit, Token);
        (await server.Client.Set<Project>().GetAsync("1a5", Token)).Name.ShouldBe("Default");
    }

    private static async Task ReadAllAsync<T>(RealServer server, bool isEnvironment)
        where T : Resource
    {
        var set = isEnvironment ? server.Environment.Set<T>() : server.Client.Set<T>();
        try
        {
            await foreach (var each in set.ListAsync(cancellation: Token)) each.Type.ShouldNotBeEmpty();
        }
        catch (ApiException refused)
        {
            Assert.Fail($"{typeof(T).Name} {(isEnvironment ? "in the environment" : "on the server")}: {refused.Message}");
        }
    }
}
