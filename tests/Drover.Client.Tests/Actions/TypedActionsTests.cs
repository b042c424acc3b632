using System.Reflection;
using System.Text.Json.Nodes;
using Drover.Client.Actions;
using Drover.Client.Resources;
using Drover.Model.Environments;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Model.Volumes;

namespace Drover.Client.Tests.Actions;

public sealed class TypedActionsTests
{
    /// <summary>Answered by a stream and not by an object.</summary>
    private static readonly HashSet<string> Streams = ["execute", "logs", "proxy", "console"];

    private static readonly MethodInfo[] Methods =
        [.. typeof(ServiceActions).Assembly.GetTypes().Where(type => type.Namespace == "Drover.Client.Actions").SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_action_with_an_input_that_people_may_ask_for_has_a_method_with_that_input() =>
        (from kind in Catalog.All.Kinds.Where(kind => !kind.IsBase && kind.Name is not ("register" or "haConfig"))
         from action in kind.Actions
         where action.Input is not null && (action.Roles & Roles.Owner) != 0 && !Streams.Contains(action.Name)
         where !Methods.Any(method => IsFor(method, kind, action))
         select $"{kind.Name}.{action.Name}").ShouldBeEmpty();

    [Fact]
    public void Every_method_asks_for_something_that_is_declared() =>
        Methods.Where(method => !Catalog.All.Kinds.Any(kind => Takes(method, kind) && (kind.Actions.Any(action => IsNamed(method, action.Name)) || kind.Lifecycle?.Transitions.Any(move => IsNamed(method, move.Action)) == true)))
            .Select(method => method.Name).ShouldBeEmpty();

    [Fact]
    public async Task An_input_goes_out_as_the_wire_wants_it()
    {
        await using var api = await FakeApi.StartAsync();
        api.On("POST /v2-beta/services/1s7/", new JsonObject { ["id"] = "1s7", ["type"] = "service" });
        using var client = new DroverClient(new ClientOptions { Url = api.Url });
        await client.Set<Service>().SetServiceLinksAsync("1s7", new SetServiceLinksInput { ServiceLinks = [new ServiceLink { Name = "db", ServiceId = 9 }] }, Token);
        api.Requests[0].Query.ShouldBe("?action=setservicelinks");
        api.Requests[0].Body!.ToJsonString().ShouldBe("""{"serviceLinks":[{"name":"db","serviceId":"1s9"}]}""");
    }

    [Fact]
    public async Task An_action_that_makes_another_object_answers_that_object()
    {
        await using var api = await FakeApi.StartAsync();
        api.On("POST /v2-beta/volumes/1v3/", JsonNode.Parse("""{"id":"1s4","type":"snapshot","volumeId":"1v3","name":"before"}""")!);
        using var client = new DroverClient(new ClientOptions { Url = api.Url });
        var snapshot = await client.Set<Volume>().SnapshotAsync("1v3", new VolumeSnapshotInput { Name = "before" }, Token);
        (snapshot.Type, snapshot.Wanted.VolumeId).ShouldBe(("snapshot", 3));
    }

    [Fact]
    public async Task Members_go_out_with_what_they_are_and_come_back_as_a_list()
    {
        await using var api = await FakeApi.StartAsync();
        api.On("POST /v2-beta/projects/1a5/", FakeApi.List(JsonNode.Parse("""{"id":"1pm2","type":"projectMember","externalId":"1a7","externalIdType":"github_user","role":"owner"}""")!));
        using var client = new DroverClient(new ClientOptions { Url = api.Url });
        var members = await client.Environments.SetMembersAsync("1a5", new SetProjectMembersInput { Members = [new ProjectMember { ExternalId = "1a7", ExternalIdType = "github_user", Role = "owner" }] }, Token);
        members.Single().Wanted.Role.ShouldBe("owner");
        api.Requests[0].Body!["members"]![0]!.ToJsonString().ShouldBe("""{"externalId":"1a7","externalIdType":"github_user","role":"owner"}""");
    }

    private static bool IsFor(MethodInfo method, Kind kind, ActionAttribute action) =>
        IsNamed(method, action.Name) && Takes(method, kind) && method.GetParameters().Any(parameter => parameter.ParameterType.GetCustomAttribute<StructAttribute>()?.Name == action.Input);

    private static bool IsNamed(MethodInfo method, string action) => method.Name.Equals(action + "Async", StringComparison.OrdinalIgnoreCase);

    private static bool Takes(MethodInfo method, Kind kind)
    {
        var set = method.GetParameters()[0].ParameterType;
        if (set.GetGenericTypeDefinition() != typeof(ResourceSet<>)) return false;
        var of = set.GetGenericArguments()[0];
        return of.IsGenericParameter ? of.GetGenericParameterConstraints().All(limit => limit.IsAssignableFrom(kind.ClrType)) : of == kind.ClrType;
    }
}
