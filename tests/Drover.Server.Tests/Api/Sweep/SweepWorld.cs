using Drover.Model.Containers;
using Drover.Model.Environments;
using Drover.Model.Kernel;
using Drover.Protocol;
using Drover.Server.Agents;
using Drover.Server.Containers;

namespace Drover.Server.Tests.Api.Sweep;

/// <summary>Somebody who calls: header, scope, and the account whose objects it may see.</summary>
internal sealed record Person(string Role, string Root, long AccountId, params (string Name, string Value)[] Headers);

/// <summary>A server with access control on, one caller per role, and objects to try them on.</summary>
internal sealed class SweepWorld(ApiServer api, string version = "v2-beta")
{
    /// <summary>The roles that somebody can have here. `agentRegister` is the sixteenth of the contract.</summary>
    public static readonly string[] Roles =
        ["superadmin", "admin", "readAdmin", "service", "user", "project", "owner", "member", "restricted", "readonly", "environment", "projectadmin", "agent", "register", "token"];

    /// <summary>Why nobody is ever signed in as the one that is left.</summary>
    public const string NoAgentRegister = "agentRegister: agents join with a registration token (role register) and get their key then; no account of that kind is made, so there is nothing to sign in with";

    /// <summary>States that an object may rest in, best first.</summary>
    private static readonly string[] Rest = ["active", "inactive", "stopped", "created", "done", "scheduled", "error"];

    private const string Remote = "10.0.0.1";

    /// <summary>The caller of a role. Those of an environment act in <paramref name="project"/>.</summary>
    public async Task<Person> CallerAsync(string role, string project = "1a5")
    {
        var (scope, root) = ($"{api.Root}/projects/{project}", api.Server.Url + version);
        ResourceId.TryParse(project, out var number).ShouldBeTrue();
        switch (role)
        {
            case "superadmin":
                await api.PostAsync("/accounts/1a3/?action=activate");
                await api.UntilAsync("/accounts/1a3", "active");
                return From(role, root, 5, await TestPeople.KeyOfAsync(api, "1a3"));
            case "admin" or "readAdmin" or "service" or "user":
                var account = await api.CreateAsync("/accounts", new { name = "sweep-" + role, kind = role }, "active");
                ResourceId.TryParse(account.GetProperty("id").GetString(), out var own).ShouldBeTrue();
                return From(role, root, role == "user" ? own : 5, await TestPeople.KeyOfAsync(api, account.GetProperty("id").GetString()!));
            case "project":
                var key = await api.CreateAsync(scope + "/apikeys", new { });
                var self = key.GetProperty("links").GetProperty("self").GetString()!;
                await api.UntilAsync(self, "active");
                return From(role, root, number, ApiServer.Basic(key.GetProperty("publicValue").GetString()!, key.GetProperty("secretValue").GetString()!));
            case "owner" or "member" or "restricted" or "readonly":
                var person = await api.CreateAsync("/accounts", new { name = "sweep-" + role, kind = "user" }, "active");
                await TestPeople.JoinAsync(api, person.GetProperty("id").GetString()!, role, project);
                return From(role, $"{root}/projects/{project}", number, await TestPeople.KeyOfAsync(api, person.GetProperty("id").GetString()!));
            case "environment" or "projectadmin":
                return From(role, root, number, await ContainerKeyAsync(role == "environment" ? role : "environmentAdmin", number));
            case "token":
                return new Person(role, root, number, ("X-Forwarded-For", Remote));
            case "agent":
                var joined = await new AgentRegistration(api.Store, IdSource.System).RegisterAsync(
                    number, new HostDescription { Uuid = Guid.NewGuid().ToString(), Hostname = "sweep", AgentIp = "192.0.2.1", EngineVersion = "20.10.24", KernelVersion = "6.1.0", MemoryBytes = 1 << 30, CpuCount = 1, Labels = EquatableMap.Of<string>() }, TestContext.Current.CancellationToken);
                return From(role, root, number, ApiServer.Basic(joined.AccessKey, joined.SecretKey));
            default:
                var token = await api.CreateAsync(scope + "/registrationtokens", new { }, "active");
                return From(role, root, number, ApiServer.Basic("registrationToken", token.GetProperty("token").GetString()!));
        }
    }

    /// <summary>A fresh object of a kind that belongs to an account; null for kinds that are stored nowhere.</summary>
    public async Task<Entry?> ObjectAsync(Kind kind, long account, string name)
    {
        if (kind.IsBase || kind.Declared.IsView || kind.Declared.NamedId || kind.Name is "account" or "project") return null;
        var isOwned = kind.Find("accountId") is { Declared.Access: not "" };
        return await api.Store.WriteAsync(
            tx =>
            {
                var resource = (Resource)kind.New() with { Name = name, AccountId = isOwned ? account : null, Uuid = Guid.NewGuid().ToString() };
                if (resource is Model.Environments.ProjectMember member) resource = member with { ProjectId = account, ExternalId = "1a1", Role = "member" };
                var removable = kind.Lifecycle?.Transitions.Where(t => t.Action == "remove").SelectMany(t => t.From).Select(m => m.From).ToList() ?? [];
                var state = Rest.FirstOrDefault(removable.Contains);
                var created = tx.Create(resource, kind.NewSeen() with { State = state, Generation = 1 });
                return kind.Declared.IsHistory ? new Entry(kind, created, kind.NewSeen(), 0, 0) : tx.View.Find(kind.Family, created.Id);
            },
            TestContext.Current.CancellationToken);
    }

    /// <summary>The key of a container of the platform in an environment.</summary>
    private async Task<(string Name, string Value)> ContainerKeyAsync(string role, long environment)
    {
        var secrets = api.Server.Parts.AccountSecrets;
        var labels = EquatableMap.Of((ContainerLabels.CreateAgent, "true"), (ContainerLabels.AgentRole, role));
        var account = await api.Store.WriteAsync(
            tx =>
            {
                var container = tx.Create(new Container { AccountId = environment, Name = "caller", Labels = labels, System = true, Running = false });
                var placed = new ServiceAccounts(secrets, IdSource.System).Claim(tx, container, tx.View.Find<Project>(environment)!);
                return tx.View.Get<Model.Agents.Agent>(placed.AgentIds.Items.Single())!;
            },
            TestContext.Current.CancellationToken);
        var (name, secret) = secrets.PairOf(account)!.Value;
        return ApiServer.Basic(name, secret);
    }

    private static Person From(string role, string root, long account, (string, string) key) => new(role, root, account, key, ("X-Forwarded-For", Remote));
}
