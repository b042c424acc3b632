using System.Collections.Concurrent;
using System.Text.Json;
using Drover.Model.Kernel;

namespace Drover.Server.Tests.Api.Sweep;

/// <summary>Every type, method and action of the contract as every role: what the role's file does not name is refused, and what it names is not (attack cases 1 and 3).</summary>
public sealed class RoleSweepTests : ApiTest
{
    /// <summary>What the file names and 1.6 refuses too, by "METHOD TYPE" or, for one role, "METHOD TYPE ROLE".</summary>
    private static readonly HashSet<string> RefusedAnyway =
    [
        "POST projectMember", // 405: members change by setmembers (api-auth.md section 7)
        "GET subscribe", "POST subscribe", // a WebSocket
        "POST schema",
        "GET githubconfig", "GET ldapconfig", // frozen in v1, with nothing behind them (api-auth.md section 6)
        "POST port", // follows from containers and services
        "ACTION projectMember", // the same
        "GET registrationToken/id user", "GET registrationToken/id readAdmin", "ACTION registrationToken user", // roles of modify.infrastructure.roles alone (api-auth.md section 8)
        "DELETE machine/id restricted", // the same (api-auth.md section 1)
        "POST apiKey restricted", "POST apiKey environment", "POST apiKey projectadmin", // the key would act as the environment itself
    ];

    [Theory]
    [MemberData(nameof(AllRoles))]
    public Task A_role_is_refused_what_its_file_does_not_name_and_gets_what_it_names(string role) => SweepAsync(role, "v2-beta");

    [Theory]
    [MemberData(nameof(AllRoles))]
    public Task The_same_holds_for_the_face_of_v1(string role) => SweepAsync(role, "v1");

    private async Task SweepAsync(string role, string version)
    {
        // Two roles see the latest schemas on v1 too (api-auth.md section 1).
        var described = role is "superadmin" or "environment" ? "v2-beta" : version;
        var (all, file) = (Files("superadmin", described), Files(role, described));
        var world = new SweepWorld(Api, version);
        var who = await world.CallerAsync(role);
        var wrong = new ConcurrentBag<string>();

        // Whoever asks for `token` is answered as the role of that name, whatever else it is, and nothing else is (api-auth.md section 2).
        await Parallel.ForEachAsync(all.Types.Where(type => (type.Type == "token") == (role == "token")), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (type, _) =>
        {
            await CollectionAsync(who, file, type, wrong);
            if (Catalog.All.FindKind(type.Type) is { } kind) await ResourceAsync(world, who, all, file, type, kind, wrong);
        });

        string.Join('\n', wrong.Order(StringComparer.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stranger_is_refused_everything()
    {
        var all = Files("superadmin");
        var wrong = new ConcurrentBag<string>();
        HttpMethod[] methods = [HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete];

        await Parallel.ForEachAsync(all.Types.Where(t => t.Type != "token"), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (type, _) =>
        {
            foreach (var method in methods)
                foreach (var path in new[] { $"/{type.Plural}", $"/{type.Plural}/1x1", $"/projects/1a5/{type.Plural}", $"/{type.Plural}/1x1/?action=remove" })
                    if ((await Api.SendAsync(method, path, method == HttpMethod.Get ? null : new { }, [Remote])).Status is not 401 and var status)
                        wrong.Add($"{method} {path}: {status}");
        });

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_is_an_agentRegister()
    {
        TestContext.Current.TestOutputHelper?.WriteLine(SweepWorld.NoAgentRegister);

        var made = await Api.PostAsync("/accounts", new { name = "old", kind = "agentRegister" });

        made.Status.ShouldBe(422, made.Text);
        Enum.GetNames<Roles>().Where(name => Files("superadmin") is not null && IsOneRole(name)).Select(name => name.ToLowerInvariant())
            .Except(SweepWorld.Roles.Select(role => role.ToLowerInvariant())).ShouldBe(["agentregister"]);
    }

    public static TheoryData<string> AllRoles() => [.. SweepWorld.Roles];

    private static bool IsOneRole(string name) => System.Numerics.BitOperations.PopCount((uint)Enum.Parse<Roles>(name)) == 1;

    private static RoleFile Files(string role, string version = "v2-beta")
    {
        if (RoleFile.Read(role, version) is { } file) return file;
        Assert.Skip("No reference folder: set DROVER_REFERENCE");
        throw new InvalidOperationException();
    }

    private async Task CollectionAsync(Person who, RoleFile file, (string Type, string Plural) type, ConcurrentBag<string> wrong)
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            var reply = await Api.SendAsync(method, $"{who.Root}/{type.Plural}", method == HttpMethod.Get ? null : new { }, who.Headers);
            var may = file.MayOnCollection(type.Type, method.Method);
            if (may && method == HttpMethod.Post && !IsPosted(type.Type) && reply.Status is not 401 and < 500) continue;
            Judge(wrong, who, $"{method} {type.Type}", may, reply);
        }
    }

    private async Task ResourceAsync(SweepWorld world, Person who, RoleFile all, RoleFile file, (string Type, string Plural) type, Kind kind, ConcurrentBag<string> wrong)
    {
        if (await world.ObjectAsync(kind, who.AccountId, "sweep") is not { } target) return;
        var path = $"{who.Root}/{type.Plural}/{ResourceId.Format(kind, target.Id)}";
        var read = await Api.GetAsync(path, who.Headers);
        Judge(wrong, who, $"GET {type.Type}/id", file.MayOnResource(type.Type, "GET"), read);
        foreach (var action in all.ActionsOf(type.Type))
        {
            var may = file.ActionsOf(type.Type).Contains(action) && who.Role is not "readAdmin" && IsHeld(who, $"ACTION {type.Type}");
            var tried = may ? await world.ObjectAsync(kind, who.AccountId, "sweep-action") : target;
            var reply = await Api.PostAsync($"{who.Root}/{type.Plural}/{ResourceId.Format(kind, tried!.Id)}/?action={action}", new { }, who.Headers);
            var isRefused = reply.Status is 401 or 403 or 405 || (reply.Status == 404 && reply.Json.GetProperty("detail").ValueKind == JsonValueKind.Null) || (reply.Status == 422 && reply.Code == "InvalidAction");
            if (reply.Status >= 500 || (may ? isRefused : reply.Status < 400)) wrong.Add($"POST {type.Type}?action={action}: {(may ? "allowed" : "not allowed")}, {reply.Status} {reply.Text}");
        }

        foreach (var method in new[] { HttpMethod.Put, HttpMethod.Delete })
        {
            var reply = await Api.SendAsync(method, path, method == HttpMethod.Put ? new { description = "swept" } : null, who.Headers);
            Judge(wrong, who, $"{method} {type.Type}/id", file.MayOnResource(type.Type, method.Method) && !kind.Declared.IsHistory, reply);
        }
    }

    /// <summary>False for nested types, which only stand in bodies, and for rows that nobody but the server writes.</summary>
    private static bool IsPosted(string type) => Catalog.All.FindKind(type) is { IsBase: false, Declared: { IsView: false, IsHistory: false } };

    private static bool IsHeld(Person who, string what) => !RefusedAnyway.Contains(what) && !RefusedAnyway.Contains($"{what} {who.Role}");

    private static void Judge(ConcurrentBag<string> wrong, Person who, string what, bool may, Reply reply)
    {
        may &= IsHeld(who, what);
        var isRefused = reply.Status is 403 or 404 or 405;
        if (reply.Status is 401 or >= 500 || isRefused == may) wrong.Add($"{what}: {(may ? "allowed" : "not allowed")}, {reply.Status} {(reply.Status >= 400 && reply.Json.TryGetProperty("detail", out var detail) ? detail.ToString() : "")}");
    }
}
