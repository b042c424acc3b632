using Drover.Testing.Directories;

namespace Drover.Server.Tests.SignIn;

/// <summary>Sign-in against a real Active Directory domain controller (Samba).</summary>
public sealed class ActiveDirectoryTests : DirectoryTest, IClassFixture<ActiveDirectoryTests.Domain>
{
    private readonly Domain _domain;

    public ActiveDirectoryTests(Domain domain) => _domain = domain;

    /// <summary>ann is in devs, which is in staff; bob is in none; off is disabled.</summary>
    public sealed class Domain : IAsyncLifetime
    {
        private const string Fill = """
            db.newuser("service", "Serv1ce.Secret")
            db.newuser("ann", "Ann.Secret.1", givenname="Ann", surname="Smith")
            db.newuser("bob", "Bob.Secret.1")
            db.newuser("off", "Off.Secret.1")
            db.disable_account("(sAMAccountName=off)")
            db.newuser("eve", "Eve.Secret.1")
            db.newgroup("temps")
            db.add_remove_group_members("temps", ["eve"], add_members_operation=True)
            db.newgroup("devs")
            db.newgroup("staff")
            db.add_remove_group_members("devs", ["ann"], add_members_operation=True)
            db.add_remove_group_members("staff", ["devs"], add_members_operation=True)
            """;

        public SambaDomain? Controller { get; private set; }

        public async ValueTask InitializeAsync()
        {
            if (DirectoryPrograms.MissingForSamba is null) Controller = await SambaDomain.StartAsync(Fill, TestContext.Current.CancellationToken);
        }

        public ValueTask DisposeAsync() => Controller?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    protected override string? Missing => DirectoryPrograms.MissingForSamba;

    protected override string? Trust => _domain.Controller?.Authority.TrustFolder;

    protected override string ConfigWord => Api.Server.Url.GetLeftPart(UriPartial.Authority) + "/v1-auth/config";

    protected override string FirstLogin => "ann:Ann.Secret.1";

    [Fact]
    public async Task People_sign_in_by_account_name_with_or_without_the_domain_and_groups_in_groups_count()
    {
        await EnableAsync();

        var key = await SignInAsync("LAB\\ann:Ann.Secret.1");

        await IdentitiesShouldBeAsync(key, "1a1", Dn("ann"), Dn("devs"), Dn("staff"));
        var token = (await Api.GetAsync("/token", Bearer(key))).Data[0];
        token.GetProperty("authProvider").GetString().ShouldBe("ldapconfig");
        token.GetProperty("userIdentity").GetProperty("login").GetString().ShouldBe("ann");
        (await TryAsync("bob:Bob.Secret.1")).Json.GetProperty("userType").GetString().ShouldBe("user");
    }

    [Fact]
    public async Task Wrong_passwords_empty_ones_and_disabled_people_are_refused_alike()
    {
        await EnableAsync();

        (await TryAsync("ann:wrong")).Status.ShouldBe(401);
        (await TryAsync("ann:")).Status.ShouldBe(401);
        (await TryAsync("off:Off.Secret.1")).Status.ShouldBe(401);
        (await TryAsync("nobody:Ann.Secret.1")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Who_leaves_a_group_or_is_disabled_is_known_without_signing_in_again()
    {
        await EnableAsync();
        var eve = await SignInAsync("eve:Eve.Secret.1");
        await IdentitiesShouldBeAsync(eve, Api.Store.Current.All<Model.Accounts.Account>().Last().Id is var id ? $"1a{id}" : "", Dn("eve"), Dn("temps"));

        await _domain.Controller!.ChangeAsync("db.add_remove_group_members(\"temps\", [\"eve\"], add_members_operation=False)", TestContext.Current.CancellationToken);
        await RefreshAsync();
        await IdentitiesShouldBeAsync(eve, $"1a{id}", Dn("eve"));
        await IdentitiesShouldBeAsync(Key, "1a1", Dn("ann"), Dn("devs"), Dn("staff"));
        await _domain.Controller!.ChangeAsync("db.disable_account(\"(sAMAccountName=eve)\")", TestContext.Current.CancellationToken);
        await RefreshAsync();

        (await Api.GetAsync("/identities", Bearer(eve))).Code.ShouldBe("AuthError");
    }

    [Fact]
    public async Task People_and_groups_are_searched_and_found_by_id()
    {
        await EnableAsync();

        (await Api.GetAsync("/identities?name=bob", Bearer(Key))).Data.ShouldHaveSingleItem().GetProperty("externalIdType").GetString().ShouldBe("ldap_user");
        (await Api.GetAsync("/identities?all=taf", Bearer(Key))).Data.Select(i => i.GetProperty("externalId").GetString()).ShouldContain(Dn("staff"));
        (await Api.GetAsync("/identities/" + Uri.EscapeDataString("ldap_group:" + Dn("devs")), Bearer(Key))).Json.GetProperty("name").GetString().ShouldBe("devs");
    }

    [Fact]
    public async Task A_controller_that_takes_no_passwords_in_the_clear_is_told_when_it_is_configured()
    {
        var reply = await PostAsync(false, null, config =>
        {
            var section = (Dictionary<string, object?>)config["ldapConfig"]!;
            (section["port"], section["tls"]) = (_domain.Controller!.Port, false);
        });

        (reply.Status, reply.Code).ShouldBe((400, "InvalidLDAPConfig"));
        reply.Text.ShouldNotContain("Serv1ce.Secret");
    }

    [Fact]
    public async Task A_configuration_is_tried_with_a_login_before_it_is_stored()
    {
        var test = Site + "/v1-auth/testlogin";

        (await Api.PostAsync(test, new { authConfig = Config(false), code = "bob:Bob.Secret.1" })).Json.GetProperty("userIdentity").GetProperty("externalId").GetString().ShouldBe(Dn("bob"));
        (await Api.PostAsync(test, new { authConfig = Config(false), code = "bob:wrong" })).Status.ShouldBe(401);
        (await Api.GetAsync("/token")).Data[0].GetProperty("authProvider").GetString().ShouldBe("none");
    }

    protected override Dictionary<string, object?> Config(bool enabled) => new()
    {
        ["provider"] = "ldapconfig",
        ["enabled"] = enabled,
        ["accessMode"] = "unrestricted",
        ["ldapConfig"] = new Dictionary<string, object?>
        {
            ["server"] = "127.0.0.1",
            ["port"] = _domain.Controller!.TlsPort,
            ["tls"] = true,
            ["domain"] = SambaDomain.Base,
            ["loginDomain"] = "LAB",
            ["serviceAccountUsername"] = "service@lab.test",
            ["serviceAccountPassword"] = "Serv1ce.Secret",
        },
    };

    private string Site => Api.Server.Url.GetLeftPart(UriPartial.Authority);

    private static string Dn(string name) => $"CN={name},{SambaDomain.Users}";
}
