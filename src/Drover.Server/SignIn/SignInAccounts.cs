using Drover.Model.Accounts;
using Drover.Model.Environments;
using Drover.Model.Kernel;
using Drover.Server.Environments;
using Drover.Server.Settings;
using Drover.Server.SignIn.Configs;
using Drover.Server.SignIn.Sessions;
using Drover.Store;

namespace Drover.Server.SignIn;

/// <summary>Which account somebody who proved who they are signs in to (api-auth.md section 5): found, created, or while access control is off the administrator's.</summary>
public static class SignInAccounts
{
    /// <summary>Finds or creates the account and writes down who it is. Throws 401 for an inactive account and 403 where the site's access mode lets it not in.</summary>
    public static Account Enter(WriteTx tx, ProviderConfig config, SignedIn who)
    {
        var isSecured = SettingsTable.IsOn(tx.View, SignInSettings.Enabled);
        var found = Find(tx.View, config, who.User);
        var isNew = found is null;
        if (isSecured && !SiteAccess.Allows(tx.View, config, [.. who.Identities.Select(Identities.KeyOf)])) throw SiteAccess.Refusal();
        var account = found is not null ? Active(found) : isSecured ? Create(tx, who.User) : FirstAdmin(tx.View);
        var known = config == ProviderConfigs.Local ? account : account with
        {
            ExternalId = who.User.ExternalId,
            ExternalIdType = who.User.ExternalIdType,
            Name = who.User.Name ?? who.User.Login ?? account.Name,
            KnownAs = Identities.KeysOf(who.Identities.Where(i => i != who.User)),
            KnownUntil = SessionTable.EndOf(tx),
            IsGone = false,
        };
        if (!isSecured) known = known with { Kind = "admin" };
        if (known != account) tx.Put(known);
        if (!isSecured) Configure(tx, known, who.User, wasFound: !isNew);
        if (isSecured) GiveProject(tx, known, who.User);
        return known;
    }

    /// <summary>The oldest active administrator. Throws 401 where there is none.</summary>
    public static Account FirstAdmin(Snapshot view)
        => view.All<Account>().Where(IsActive).Select(e => (Account)e.Wanted).FirstOrDefault(a => a.Kind == "admin") ?? throw Unauthorized();

    /// <summary>True for accounts that may be used.</summary>
    public static bool IsActive(Entry account) => account is { IsRemoved: false, State: "active" or "upgrading" or "updating-active", Wanted.RemoveRequested: false };

    /// <summary>The refusal that says nothing about why.</summary>
    public static ProblemException Unauthorized() => new(Problem.Unauthorized());

    /// <summary>The account of an identity; null where nobody signed in as it yet.</summary>
    public static Entry? Find(Snapshot view, ProviderConfig config, Identity user)
        => config == ProviderConfigs.Local
            ? ResourceId.TryParse(user.ExternalId, out var id) ? view.Find<Account>(id) : null
            : view.All<Account>().FirstOrDefault(e => e is { IsRemoved: false, Wanted: Account account } && account.ExternalIdType == user.ExternalIdType && account.ExternalId == user.ExternalId);

    private static Account Active(Entry found) => IsActive(found) ? (Account)found.Wanted : throw Unauthorized();

    private static Account Create(WriteTx tx, Identity user) => tx.Create(
        new Account
        {
            Name = user.Name ?? user.Login,
            Kind = "user",
            ExternalId = user.ExternalId,
            ExternalIdType = user.ExternalIdType,
            Version = "2",
        },
        new PlainSeen { State = "active", Generation = 1 });

    /// <summary>Who signs in while access control is off is its first administrator, and takes over what the built-in one owned alone.</summary>
    private static void Configure(WriteTx tx, Account account, Identity user, bool wasFound)
    {
        SettingsTable.Set(tx, SignInSettings.Enabler, Identities.KeyOf(user));
        if (!wasFound || account.Id == FirstStart.AdminId) return;
        foreach (var project in tx.View.All<Project>().Where(e => !e.IsRemoved).Select(e => e.Id).ToList())
        {
            var owners = tx.View.By<ProjectMember>("projectId", project).Where(e => !e.IsRemoved).Select(e => (ProjectMember)e.Wanted).Where(m => m.Role == "owner").ToList();
            var builtIn = Members.Of(FirstStart.AdminId, "owner");
            if (owners.Count > 0 && owners.All(m => m.ExternalId == builtIn.ExternalId && m.ExternalIdType == builtIn.ExternalIdType))
                tx.Create(Member(account, user) with { ProjectId = project, AccountId = project }, new PlainSeen { State = "active", Generation = 1 });
        }
    }

    /// <summary>A person's first environment (ENV-28).</summary>
    private static void GiveProject(WriteTx tx, Account account, Identity user)
    {
        if (!SettingsTable.IsOn(tx.View, SignInSettings.CreateProject) || Members.ProjectsOf(tx.View, account.Id).All.Count > 0 || account.SignedInBefore) return;
        if (account.Kind is not ("user" or "admin")) return;
        var seen = new PlainSeen { State = "active", Generation = 1 };
        var project = tx.Create(new Project { Name = $"{user.Login ?? account.Name}-Default", Version = "2" }, new ProjectSeen { State = "active", Generation = 1, HealthState = "healthy" });
        NewEnvironment.Complete(tx, project, [Member(account, user)], seen);
        tx.Put(tx.View.Get<Account>(account.Id)! with { SignedInBefore = true });
    }

    private static ProjectMember Member(Account account, Identity user)
        => user.ExternalIdType == ProviderConfigs.Local.UserType
            ? Members.Of(account.Id, "owner")
            : new ProjectMember { ExternalId = user.ExternalId, ExternalIdType = user.ExternalIdType, Role = "owner", Name = user.Name };
}
