using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Tests.Api.Sweep;

namespace Drover.Server.Tests.Api.Attacks;

/// <summary>Fields that are not the caller's to write, put into bodies all the same (attack case 4).</summary>
public sealed class MassAssignmentTests : ApiTest
{
    private const string Smuggled = "smuggled";

    /// <summary>What is stored and stands in no schema.</summary>
    private static readonly string[] Inner = ["secretHash", "generation", "removeRequested", "identityId", "running", "restartCount", "agentId", "hostId", "system", "deleted"];

    [Theory]
    [InlineData("user")]
    [InlineData("project")]
    [InlineData("owner")]
    [InlineData("member")]
    [InlineData("restricted")]
    [InlineData("admin")]
    public async Task A_change_sets_nothing_but_what_the_file_of_the_role_lets_it_update(string role)
    {
        var file = Read(role);
        var world = new SweepWorld(Api);
        var who = await world.CallerAsync(role);

        foreach (var kind in Catalog.All.Kinds.Where(k => file.MayOnResource(k.Name, "PUT")))
        {
            if (await world.ObjectAsync(kind, who.AccountId, "target") is not { } target) continue;
            var closed = file.FieldsOf(kind.Name).Where(f => !f.Update).Select(f => f.Name).Concat(Inner).ToHashSet();
            closed.ExceptWith(file.FieldsOf(kind.Name).Where(f => f.Update).Select(f => f.Name));

            var reply = await Api.SendAsync(HttpMethod.Put, $"{who.Root}/{kind.Plural}/{ResourceId.Format(kind, target.Id)}", Body(file, kind.Name, closed), who.Headers);

            reply.Status.ShouldBeLessThan(500, $"{kind.Name} {reply.Text}");
            reply.Text.ShouldNotContain(Smuggled, Case.Sensitive, kind.Name);
            if (Api.Store.Current.Find(kind.Family, target.Id) is { } now)
                (now.Wanted with { Generation = 0, State = null }).ShouldBe(target.Wanted with { Generation = 0, State = null }, kind.Name);
        }
    }

    [Theory]
    [InlineData("user")]
    [InlineData("owner")]
    [InlineData("restricted")]
    [InlineData("admin")]
    public async Task A_creation_sets_nothing_but_what_the_file_of_the_role_lets_it_create(string role)
    {
        var file = Read(role);
        var who = await new SweepWorld(Api).CallerAsync(role);
        var made = 0;

        foreach (var kind in Catalog.All.Kinds.Where(k => file.MayOnCollection(k.Name, "POST")))
        {
            var closed = file.FieldsOf(kind.Name).Where(f => !f.Create).Select(f => f.Name).Concat(Inner).Except(file.FieldsOf(kind.Name).Where(f => f.Create).Select(f => f.Name)).ToHashSet();
            var body = Body(file, kind.Name, closed);
            if (file.FieldsOf(kind.Name).Any(f => f is { Name: "name", Create: true })) body["name"] = "made-by-" + role.ToLowerInvariant();

            var reply = await Api.SendAsync(HttpMethod.Post, $"{who.Root}/{kind.Plural}", body, who.Headers);

            reply.Status.ShouldBeLessThan(500, $"{kind.Name} {reply.Text}");
            if (reply.Status != 201) continue;
            made++;
            reply.Text.ShouldNotContain(Smuggled, Case.Sensitive, kind.Name);
            reply.Text.ShouldNotContain("424242", Case.Sensitive, kind.Name);
        }

        made.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task Nobody_becomes_more_than_they_are()
    {
        var user = await TestPeople.AddAsync(Api, "u");
        var member = await TestPeople.AddAsync(Api, "m", "member");

        var key = await Api.PostAsync("/apikeys", new { accountId = "1a1", publicValue = "ADMIN", secretValue = "known" }, user);
        var scoped = await Api.PostAsync(Api.Project + "/apikeys", new { accountId = "1a1", publicValue = "ADMIN" }, member);
        var project = await Api.PostAsync("/projects", new { name = "p", kind = "admin", state = "active", uuid = "adminProject", allowSystemRole = true, projectLinks = new[] { "1a5" }, accountId = "1a1", id = "1a1" }, user);

        key.Json.GetProperty("accountId").GetString().ShouldBe("1a6");
        key.Json.GetProperty("publicValue").GetString().ShouldNotBe("ADMIN");
        key.Json.GetProperty("secretValue").GetString().ShouldNotBe("known");
        scoped.Json.GetProperty("accountId").GetString().ShouldBe("1a5");
        (await Api.SendAsync(HttpMethod.Put, "/accounts/1a6", new { kind = "admin" }, [user])).Status.ShouldBe(405);
        (await Api.SendAsync(HttpMethod.Post, "/accounts", new { name = "x", kind = "admin" }, [user])).Status.ShouldBe(405);
        var stored = (Model.Environments.Project)Api.Store.Current.Find("account", project.Json.GetProperty("id").GetString() is { } id && ResourceId.TryParse(id, out var number) ? number : 0)!.Wanted;
        (stored.AllowSystemRole, stored.ProjectLinks.Count, stored.Uuid == "adminProject").ShouldBe((false, 0, false));
    }

    private static RoleFile Read(string role)
    {
        if (RoleFile.Read(role) is { } file) return file;
        Assert.Skip("No reference folder: set DROVER_REFERENCE");
        throw new InvalidOperationException();
    }

    private static Dictionary<string, object> Body(RoleFile file, string type, IEnumerable<string> names)
    {
        var types = file.FieldsOf(type).ToDictionary(f => f.Name, f => f.Type, StringComparer.Ordinal);
        return names.ToDictionary(name => name, name => Value(types.GetValueOrDefault(name, "string")), StringComparer.Ordinal);
    }

    private static object Value(string type) => type.Split('[')[0] switch
    {
        "int" or "float" => 424242,
        "boolean" => true,
        "date" => "2001-01-01T00:00:00Z",
        "reference" => "1a424242",
        "array" => JsonSerializer.SerializeToElement(new[] { Smuggled }),
        "map" or "json" => JsonSerializer.SerializeToElement(new { a = Smuggled }),
        _ => Smuggled,
    };
}
