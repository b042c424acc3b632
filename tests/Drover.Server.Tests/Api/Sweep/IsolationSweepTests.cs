using System.Collections.Concurrent;
using Drover.Model.Kernel;

namespace Drover.Server.Tests.Api.Sweep;

/// <summary>Objects of environment A, used from B in paths, bodies, links, filters and includes, for every stored kind (attack cases 2 and 24).</summary>
public sealed class IsolationSweepTests : ApiTest
{
    private const string Mark = "only-of-a";

    /// <summary>The words of links that are computed when they are followed; none may lead into A.</summary>
    private static readonly string[] Streams = ["stats", "hoststats", "containerstats", "registrationurl", "config"];

    [Theory]
    [InlineData("project")]
    [InlineData("owner")]
    [InlineData("member")]
    [InlineData("restricted")]
    [InlineData("readonly")]
    [InlineData("user")]
    [InlineData("environment")]
    [InlineData("projectadmin")]
    [InlineData("agent")]
    [InlineData("register")]
    [InlineData("owner", "v1")]
    [InlineData("project", "v1")]
    [InlineData("environment", "v1")]
    [InlineData("projectadmin", "v1")]
    [InlineData("agent", "v1")]
    [InlineData("register", "v1")]
    public async Task Nothing_of_another_environment_is_read_or_changed(string role, string version = "v2-beta")
    {
        var (file, targets, who) = await ArrangeAsync(role, version);
        var wrong = new ConcurrentBag<string>();

        await EachAsync(targets, async target =>
        {
            var (type, id) = (target.Kind.Name, ResourceId.Format(target.Kind, target.Id));
            // Below a project, "projectmembers" is the project's link, whatever follows.
            var path = $"{(type == "projectMember" ? Api.Server.Url + version : who.Root)}/{target.Kind.Plural}/{id}";
            await RefusedAsync(wrong, who, HttpMethod.Get, path, null);
            await RefusedAsync(wrong, who, HttpMethod.Put, path, new { name = "taken", description = "taken" });
            await RefusedAsync(wrong, who, HttpMethod.Delete, path, null);
            foreach (var action in file.ActionsOf(type)) await RefusedAsync(wrong, who, HttpMethod.Post, $"{path}/?action={action}", new { });
            foreach (var link in file.LinksOf(type).Concat(Streams)) await RefusedAsync(wrong, who, HttpMethod.Get, $"{path}/{link}", null);
            foreach (var query in new[] { "", "?accountId=1a5", $"?id={id}", $"?name={Mark}", "?_removed", "?all=true", "?accountId=1a5&_removed&limit=-1", $"?name_like={Mark}%25&sort=name" })
                await SilentAsync(wrong, who, $"{who.Root}/{target.Kind.Plural}{query}");
            foreach (var link in file.LinksOf(type)) await SilentAsync(wrong, who, $"{who.Root}/{target.Kind.Plural}?include={link}");
            if (!target.Kind.Declared.IsHistory && Api.Store.Current.Find(target.Kind.Family, target.Id) is var now && now?.Wanted != target.Wanted) wrong.Add($"{type} was changed");
        });

        string.Join('\n', wrong.Order(StringComparer.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("project")]
    [InlineData("owner")]
    [InlineData("environment")]
    [InlineData("agent")]
    [InlineData("register")]
    [InlineData("owner", "v1")]
    public async Task No_body_takes_a_reference_to_another_environments_object(string role, string version = "v2-beta")
    {
        var (file, targets, who) = await ArrangeAsync(role, version);
        var ids = targets.GroupBy(t => t.Kind.Family).ToDictionary(g => g.Key, g => ResourceId.Format(g.First().Kind, g.First().Id));
        var world = new SweepWorld(Api);
        var wrong = new ConcurrentBag<string>();

        foreach (var kind in Catalog.All.Kinds.Where(k => file.Sees(k.Name)))
        {
            var own = await world.ObjectAsync(kind, who.AccountId, "mine");
            foreach (var (field, target, many) in file.ReferencesOf(kind.Name).Where(r => r.Target is not ("account" or "project")))
            {
                if (Catalog.All.FindKind(target) is not { } aimed || ids.GetValueOrDefault(aimed.Family) is not { } foreign) continue;
                var body = new Dictionary<string, object> { ["name"] = "thief", [field] = many ? new[] { foreign } : foreign };
                if (file.MayOnCollection(kind.Name, "POST")) await TakenAsync(wrong, who, HttpMethod.Post, $"{who.Root}/{kind.Plural}", body, foreign);
                if (own is not null && file.MayOnResource(kind.Name, "PUT")) await TakenAsync(wrong, who, HttpMethod.Put, $"{who.Root}/{kind.Plural}/{ResourceId.Format(kind, own.Id)}", body, foreign);
            }
        }

        string.Join('\n', wrong.Order(StringComparer.Ordinal)).ShouldBeEmpty();
    }

    /// <summary>One object of every kind in A, and somebody of B.</summary>
    private async Task<(RoleFile File, List<Entry> Targets, Person Who)> ArrangeAsync(string role, string version)
    {
        if (RoleFile.Read(role, role == "environment" ? "v2-beta" : version) is not { } file)
        {
            Assert.Skip("No reference folder: set DROVER_REFERENCE");
            throw new InvalidOperationException();
        }

        var world = new SweepWorld(Api, version);
        var other = (await Api.CreateAsync("/projects", new { name = "b" }, "active")).GetProperty("id").GetString()!;
        var targets = new List<Entry>();
        foreach (var kind in Catalog.All.Kinds.Where(k => k.Find("accountId") is { Declared.Access: not "" }))
            if (await world.ObjectAsync(kind, 5, Mark) is { } target)
                targets.Add(target);
        return (file, targets, await world.CallerAsync(role, other));
    }

    private static Task EachAsync(List<Entry> targets, Func<Entry, Task> check)
        => Parallel.ForEachAsync(targets, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (target, _) => await check(target));

    private async Task RefusedAsync(ConcurrentBag<string> wrong, Person who, HttpMethod method, string path, object? body)
    {
        var reply = await Api.SendAsync(method, path, body, who.Headers);
        if (reply.Status is not (403 or 404 or 405) || reply.Text.Contains(Mark, StringComparison.Ordinal)) wrong.Add($"{method} {path}: {reply.Status} {reply.Text}");
    }

    private async Task SilentAsync(ConcurrentBag<string> wrong, Person who, string url)
    {
        var reply = await Api.GetAsync(url, who.Headers);
        if (reply.Status >= 500 || (reply.Status == 200 && reply.Json.GetProperty("data").EnumerateArray().Any(row => row.GetRawText().Contains(Mark, StringComparison.Ordinal)))) wrong.Add($"GET {url}: {reply.Status} {reply.Text}");
    }

    /// <summary>A reference is refused, or left out where the field is not to be written.</summary>
    private async Task TakenAsync(ConcurrentBag<string> wrong, Person who, HttpMethod method, string url, Dictionary<string, object> body, string foreign)
    {
        var reply = await Api.SendAsync(method, url, body, who.Headers);
        if (reply.Status >= 500 || (reply.Status < 300 && reply.Text.Contains($"\"{foreign}\"", StringComparison.Ordinal))) wrong.Add($"{method} {url} {body.Keys.Last()}: {reply.Status} {reply.Text}");
    }
}
