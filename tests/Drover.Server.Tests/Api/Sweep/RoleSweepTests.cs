using System.Collections.Concurrent;
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
        "GET registrationToken/id user", "GET registrationToken/id readAdmin", // roles of modify.infrastructure.roles alone (api-auth.md section 8)
        "DELETE machine/id restricted", // the same (api-auth.md section 1)
        "POST apiKey restricted", // the key would act as the environment itself
    ];

    [Theory]
    [MemberData(nameof(Roles))]
    public Task A_role_is_refused_what_its_file_does_not_name_and_gets_what_it_names(string role) => SweepAsync(role, "v2-beta");

    [Theory]
    [MemberData(nameof(OldRoles))]
    public Task The_same_holds_for_the_face_of_v1(string role) => SweepAsync(role, "v1");

    private async Task SweepAsync(string role, string version)
    {
        var (all, file) = (Files("superadmin", version), Files(role, version));
        var world = new SweepWorld(Api, version);
        var who = await world.CallerAsync(role);
        var wrong = new ConcurrentBag<string>();

        // Whoever asks for `token` is answered as the role of that name (api-auth.md section 2).
        await Parallel.ForEachAsync(all.Types.Where(type => type.Type != "token"), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (type, _) =>
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

    public static TheoryData<string> Roles() => [.. SweepWorld.Roles];

    /// <summary>Superadmins get the schemas of v2-beta on v1 too.</summary>
    public static TheoryData<string> OldRoles() => [.. SweepWorld.Roles.Where(role => role != "superadmin")];

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
            if (file.ActionsOf(type.Type).Contains(action) && who.Role is not "readAdmin") continue;
            var reply = await Api.PostAsync($"{path}/?action={action}", new { }, who.Headers);
            if (reply.Status is < 400 or >= 500) wrong.Add($"POST {type.Type}?action={action}: {reply.Status} {reply.Text}");
        }

        foreach (var method in new[] { HttpMethod.Put, HttpMethod.Delete })
        {
            var reply = await Api.SendAsync(method, path, method == HttpMethod.Put ? new { description = "swept" } : null, who.Headers);
            Judge(wrong, who, $"{method} {type.Type}/id", file.MayOnResource(type.Type, method.Method) && !kind.Declared.IsHistory, reply);
        }
    }

    /// <summary>False for nested types, which only stand in bodies, and for rows that nobody but the server writes.</summary>
    private static bool IsPosted(string type) => Catalog.All.FindKind(type) is { IsBase: false, Declared: { IsView: false, IsHistory: false } };

    private static void Judge(ConcurrentBag<string> wrong, Person who, string what, bool may, Reply reply)
    {
        may &= !RefusedAnyway.Contains(what) && !RefusedAnyway.Contains($"{what} {who.Role}");
        var isRefused = reply.Status is 403 or 404 or 405;
        if (reply.Status is 401 or >= 500 || isRefused == may) wrong.Add($"{what}: {(may ? "allowed" : "not allowed")}, {reply.Status} {(reply.Status >= 400 && reply.Json.TryGetProperty("detail", out var detail) ? detail.ToString() : "")}");
    }
}
