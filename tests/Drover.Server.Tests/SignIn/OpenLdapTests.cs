using Drover.Testing.Directories;

namespace Drover.Server.Tests.SignIn;

/// <summary>Sign-in against a real OpenLDAP server.</summary>
public sealed class OpenLdapTests : DirectoryTest, IClassFixture<OpenLdapTests.Directory>
{
    private readonly Directory _directory;

    public OpenLdapTests(Directory directory) => _directory = directory;

    /// <summary>ann is in devs, which is in staff, which is in devs again (a ring); bob is in none; posix names ann by her uid.</summary>
    public sealed class Directory : IAsyncLifetime
    {
        private const string Entries = LabDirectory.Frame + """
            dn: uid=ann,ou=people,dc=lab,dc=test
            objectClass: inetOrgPerson
            uid: ann
            cn: Ann Smith
            sn: Smith
            givenName: Ann
            employeeType: 0
            userPassword: ann-secret

            dn: uid=bob,ou=people,dc=lab,dc=test
            objectClass: inetOrgPerson
            uid: bob
            cn: Bob Jones
            sn: Jones
            givenName: Bob
            employeeType: 2
            userPassword: bob-secret

            dn: cn=devs,ou=groups,dc=lab,dc=test
            objectClass: groupOfNames
            cn: devs
            member: uid=ann,ou=people,dc=lab,dc=test

            dn: cn=staff,ou=groups,dc=lab,dc=test
            objectClass: groupOfNames
            cn: staff
            member: cn=devs,ou=groups,dc=lab,dc=test

            dn: cn=devs,ou=groups,dc=lab,dc=test
            changetype: modify
            add: member
            member: cn=staff,ou=groups,dc=lab,dc=test

            dn: cn=posix,ou=groups,dc=lab,dc=test
            objectClass: posixGroup
            cn: posix
            gidNumber: 5000
            memberUid: ann

            """;

        public SlapdServer? Server { get; private set; }

        public async ValueTask InitializeAsync()
        {
            if (DirectoryPrograms.MissingForSlapd is null) Server = await SlapdServer.StartAsync(Entries, TestContext.Current.CancellationToken);
        }

        public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    protected override string? Missing => DirectoryPrograms.MissingForSlapd;

    protected override string? Trust => _directory.Server?.Authority.TrustFolder;

    [Fact]
    public async Task The_first_sign_in_makes_the_administrator_and_then_it_can_be_enabled()
    {
        (await PostAsync(enabled: true)).Code.ShouldBe("InvalidState");
        (await PostAsync(enabled: false)).Status.ShouldBe(201);
        (await TryAsync("ann:wrong")).Status.ShouldBe(401);
        (await TryAsync("ann:")).Status.ShouldBe(401);
        (await TryAsync("ann:ann-secret", Remote)).Status.ShouldBe(401);

        var first = await TryAsync("ann:ann-secret");
        first.Status.ShouldBe(201, first.Text);

        first.Json.GetProperty("userType").GetString().ShouldBe("admin");
        first.Json.GetProperty("accountId").GetString().ShouldBe("1a1");
        first.Json.GetProperty("userIdentity").GetProperty("id").GetString().ShouldBe("1i!openldap_user:uid=ann,ou=people,dc=lab,dc=test");
        (await PostAsync(enabled: true)).Status.ShouldBe(201);
        (await Api.GetAsync("/accounts")).Status.ShouldBe(401);
        (await TryAsync("bob:bob-secret")).Json.GetProperty("userType").GetString().ShouldBe("user");
    }

    [Fact]
    public async Task Groups_are_found_over_TLS_nested_ones_too_and_rings_end()
    {
        (await PostAsync(enabled: false, change: config => config["groupObjectClass"] = "groupOfNames")).Status.ShouldBe(201);

        var key = await SignInAsync("ann:ann-secret");

        await IdentitiesShouldBeAsync(key, "1a1", "uid=ann,ou=people,dc=lab,dc=test", "cn=devs,ou=groups,dc=lab,dc=test", "cn=staff,ou=groups,dc=lab,dc=test");
    }

    [Fact]
    public async Task Groups_that_name_people_by_their_login_are_found()
    {
        (await PostAsync(enabled: false, change: config => config["groupMemberUserAttribute"] = "uid")).Status.ShouldBe(201);

        var key = await SignInAsync("ann:ann-secret");

        await IdentitiesShouldBeAsync(key, "1a1", "uid=ann,ou=people,dc=lab,dc=test", "cn=posix,ou=groups,dc=lab,dc=test");
    }

    [Fact]
    public async Task A_member_group_opens_the_environment_to_its_people()
    {
        await EnableAsync(config => config["groupObjectClass"] = "groupOfNames");
        var project = await Api.PostAsync("/projects", new { name = "p", members = new[] { new { externalId = "1a1", externalIdType = "rancher_id", role = "owner" } } }, Bearer(Key));
        project.Status.ShouldBe(201, project.Text);
        await UntilAsync(project.Self, Key, "active");
        var members = new[] { new { externalId = "uid=bob,ou=people,dc=lab,dc=test", externalIdType = "openldap_user", role = "owner" }, new { externalId = "cn=staff,ou=groups,dc=lab,dc=test", externalIdType = "openldap_group", role = "readonly" } };
        (await Api.PostAsync(project.Self + "/?action=setmembers", new { members }, Bearer(Key))).Status.ShouldBe(200);
        await DemoteAsync("uid=ann,ou=people,dc=lab,dc=test");

        var ann = await SignInAsync("ann:ann-secret");
        var bob = await SignInAsync("bob:bob-secret");

        (await Api.GetAsync(project.Self + "/stacks", Bearer(ann))).Status.ShouldBe(200);
        (await Api.PostAsync(project.Self + "/stacks", new { name = "x" }, Bearer(ann))).Status.ShouldBe(405);
        (await Api.PostAsync(project.Self + "/stacks", new { name = "x" }, Bearer(bob))).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Identities_are_searched_and_what_is_typed_is_no_filter()
    {
        await EnableAsync(config => config["groupObjectClass"] = "groupOfNames");

        (await Api.GetAsync("/identities?name=bob", Bearer(Key))).Data.ShouldHaveSingleItem().GetProperty("externalId").GetString().ShouldBe("uid=bob,ou=people,dc=lab,dc=test");
        (await Api.GetAsync("/identities?all=ev", Bearer(Key))).Data.ShouldHaveSingleItem().GetProperty("externalIdType").GetString().ShouldBe("openldap_group");
        (await Api.GetAsync("/identities?name=*", Bearer(Key))).Data.ShouldBeEmpty();
        (await Api.GetAsync("/identities?name=" + Uri.EscapeDataString("bob)(uid=ann"), Bearer(Key))).Data.ShouldBeEmpty();
        (await Api.GetAsync("/identities/" + Uri.EscapeDataString("1i!openldap_user:uid=bob,ou=people,dc=lab,dc=test"), Bearer(Key))).Json.GetProperty("name").GetString().ShouldBe("Bob");
        (await Api.GetAsync("/identities/" + Uri.EscapeDataString("1i!openldap_user:cn=service,dc=lab,dc=test"), Bearer(Key))).Status.ShouldBe(404);
        (await TryAsync("*:ann-secret")).Status.ShouldBe(401);
        (await TryAsync("ann)(uid=*:ann-secret")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Disabled_people_are_out()
    {
        await EnableAsync(config =>
        {
            config["userEnabledAttribute"] = "employeeType";
            config["userDisabledBitMask"] = 2;
        });

        (await TryAsync("bob:bob-secret")).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData("serviceAccountPassword", "wrong")]
    [InlineData("domain", "dc=nowhere")]
    [InlineData("port", 1)]
    public async Task A_configuration_that_does_not_work_is_not_stored(string field, object value)
    {
        var reply = await PostAsync(enabled: false, change: config => config[field] = value);

        (reply.Status, reply.Code).ShouldBe((400, "InvalidLDAPConfig"));
        reply.Text.ShouldNotContain("service-secret");
        (await Api.GetAsync("/token")).Data[0].GetProperty("authProvider").GetString().ShouldBe("none");
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_refused()
    {
        await using var server = await DroverServer.StartAsync(new ServerOptions { Listen = "http://127.0.0.1:0" }, TestContext.Current.CancellationToken);
        using var http = new HttpClient();

        using var reply = await http.PostAsync(new Uri(server.Url, "/v2-beta/openldapconfigs"), System.Net.Http.Json.JsonContent.Create(Config(false)), TestContext.Current.CancellationToken);

        (await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("InvalidLDAPConfig");
    }

    [Fact]
    public async Task The_secret_is_not_shown_and_kept_where_it_is_left_out()
    {
        await EnableAsync();
        var config = Config(true);
        config["serviceAccountPassword"] = null;

        (await Api.PostAsync("/openldapconfig", config, Bearer(Key))).Status.ShouldBe(201);
        var shown = (await Api.GetAsync("/openldapconfig", Bearer(Key))).Data.ShouldHaveSingleItem();
        shown.ToString().ShouldNotContain("service-secret");
        shown.GetProperty("server").GetString().ShouldBe("127.0.0.1");
        (await Api.GetAsync("/settings/api.auth.ldap.openldap.service.account.password", Bearer(Key))).Text.ShouldNotContain("service-secret");
        (await TryAsync("bob:bob-secret")).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_site_that_requires_an_allowed_group_refuses_all_others()
    {
        await EnableAsync(config =>
        {
            config["groupObjectClass"] = "groupOfNames";
            config["accessMode"] = "required";
            config["allowedIdentities"] = new[] { new { externalId = "cn=staff,ou=groups,dc=lab,dc=test", externalIdType = "openldap_group" } };
        });

        (await TryAsync("ann:ann-secret")).Status.ShouldBe(201);
        (await TryAsync("bob:bob-secret")).Code.ShouldBe("AuthError");
    }

    protected override string ConfigWord => "/openldapconfig";

    protected override string FirstLogin => "ann:ann-secret";

    protected override Dictionary<string, object?> Config(bool enabled) => new()
    {
        ["server"] = "127.0.0.1",
        ["port"] = _directory.Server!.TlsPort,
        ["tls"] = true,
        ["domain"] = SlapdServer.Base,
        ["serviceAccountUsername"] = "cn=service," + SlapdServer.Base,
        ["serviceAccountPassword"] = "service-secret",
        ["accessMode"] = "unrestricted",
        ["enabled"] = enabled,
    };
}
