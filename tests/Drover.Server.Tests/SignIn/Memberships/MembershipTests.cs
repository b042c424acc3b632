using Drover.Server.SignIn.Sessions;
using Drover.Testing.Directories;

namespace Drover.Server.Tests.SignIn.Memberships;

/// <summary>Groups of a real directory that change while people are signed in.</summary>
public sealed class MembershipTests : DirectoryTest
{
    private const string Bob = "uid=bob,ou=people,dc=lab,dc=test", Staff = "cn=staff,ou=groups,dc=lab,dc=test";

    private const string Entries = LabDirectory.Frame + """
        dn: uid=ann,ou=people,dc=lab,dc=test
        objectClass: inetOrgPerson
        uid: ann
        cn: Ann Smith
        sn: Smith
        givenName: Ann
        userPassword: ann-secret

        dn: uid=bob,ou=people,dc=lab,dc=test
        objectClass: inetOrgPerson
        uid: bob
        cn: Bob Jones
        sn: Jones
        givenName: Bob
        employeeType: 0
        userPassword: bob-secret

        dn: cn=staff,ou=groups,dc=lab,dc=test
        objectClass: groupOfNames
        cn: staff
        member: uid=ann,ou=people,dc=lab,dc=test
        member: uid=bob,ou=people,dc=lab,dc=test

        """;

    private SlapdServer _server = null!;

    protected override string? Missing => DirectoryPrograms.MissingForSlapd;

    protected override string? Trust => _server.Authority.TrustFolder;

    protected override string ConfigWord => "/openldapconfig";

    protected override string FirstLogin => "ann:ann-secret";

    public override async ValueTask InitializeAsync()
    {
        if (Missing is null) _server = await SlapdServer.StartAsync(Entries, TestContext.Current.CancellationToken);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    [Fact]
    public async Task Who_leaves_a_group_loses_what_it_gave_to_session_and_key_without_signing_in_again()
    {
        var (project, session, key) = await StaffAsync();
        await _server.ChangeAsync($"dn: {Staff}\nchangetype: modify\ndelete: member\nmember: {Bob}\n", TestContext.Current.CancellationToken);

        await RefreshAsync();

        (await Api.GetAsync(project + "/stacks", session)).Status.ShouldBe(403);
        (await Api.GetAsync(project + "/stacks", key)).Status.ShouldBe(403);
        (await Api.GetAsync("/identities", session)).Data.Select(i => i.GetProperty("externalId").GetString()).ShouldNotContain(Staff);
        await _server.ChangeAsync($"dn: {Staff}\nchangetype: modify\nadd: member\nmember: {Bob}\n", TestContext.Current.CancellationToken);
        await RefreshAsync();
        (await Api.GetAsync(project + "/stacks", session)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_server_asks_by_itself()
    {
        var (project, session, _) = await StaffAsync();
        await Api.SendAsync(HttpMethod.Put, "/settings/api.auth.membership.refresh.seconds", new { value = "1" }, [Bearer(Key)]);
        await _server.ChangeAsync($"dn: {Staff}\nchangetype: modify\ndelete: member\nmember: {Bob}\n", TestContext.Current.CancellationToken);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));

        while ((await Api.GetAsync(project + "/stacks", session)).Status != 403) await Task.Delay(50, deadline.Token);
    }

    [Fact]
    public async Task A_directory_that_is_down_takes_nobodys_rights_away_however_long()
    {
        var (project, session, key) = await StaffAsync();
        await RefreshAsync();
        await _server.StopAsync(TestContext.Current.CancellationToken);

        await RefreshAsync();
        await SweepAsync(TimeSpan.FromDays(30));

        (await Api.GetAsync(project + "/stacks", session)).Status.ShouldBe(200);
        (await Api.GetAsync(project + "/stacks", key)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("dn: uid=bob,ou=people,dc=lab,dc=test\nchangetype: modify\nreplace: employeeType\nemployeeType: 2\n")]
    [InlineData("dn: uid=bob,ou=people,dc=lab,dc=test\nchangetype: delete\n")]
    public async Task Who_is_disabled_or_removed_in_the_directory_is_out_with_session_and_key(string change)
    {
        var (_, session, key) = await StaffAsync();
        (await Api.GetAsync("/projects", key)).Status.ShouldBe(200);
        await _server.ChangeAsync(change, TestContext.Current.CancellationToken);

        await RefreshAsync();

        (await Api.GetAsync("/projects", session)).Code.ShouldBe("AuthError");
        (await Api.GetAsync("/projects", key)).Code.ShouldBe("AuthError");
        (await Api.GetAsync("/projects", Bearer(Key))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_service_account_that_sees_nobody_any_more_takes_nobodys_rights_away()
    {
        var (project, session, _) = await StaffAsync();
        await Api.SendAsync(HttpMethod.Put, "/settings/api.auth.ldap.openldap.service.account.password", new { value = "changed" }, [Bearer(Key)]);

        await RefreshAsync();

        (await Api.GetAsync(project + "/stacks", session)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task People_whose_part_of_the_tree_moved_to_another_server_are_not_gone()
    {
        var (project, session, key) = await StaffAsync();
        var gone = string.Concat(new[] { "uid=ann,ou=people", "uid=bob,ou=people", "ou=people" }.Select(dn => $"dn: {dn},{SlapdServer.Base}\nchangetype: delete\n\n"));
        var there = $"dn: ou=people,{SlapdServer.Base}\nobjectClass: referral\nobjectClass: extensibleObject\nou: people\nref: ldap://127.0.0.1:1/ou=people,{SlapdServer.Base}\n";
        await _server.ChangeAsync(gone + there, TestContext.Current.CancellationToken);

        await RefreshAsync();

        (await Api.GetAsync(project + "/stacks", session)).Status.ShouldBe(200);
        (await Api.GetAsync(project + "/stacks", key)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task What_cannot_be_asked_for_again_ends_with_the_session_for_keys_too()
    {
        var (project, _, key) = await StaffAsync();

        await SweepAsync(TimeSpan.FromDays(30));

        (await Api.GetAsync(project + "/stacks", key)).Status.ShouldBe(403);
        (await Api.GetAsync("/projects", key)).Status.ShouldBe(200);
    }

    protected override Dictionary<string, object?> Config(bool enabled) => new()
    {
        ["server"] = "127.0.0.1",
        ["port"] = _server.TlsPort,
        ["tls"] = true,
        ["domain"] = SlapdServer.Base,
        ["serviceAccountUsername"] = "cn=service," + SlapdServer.Base,
        ["serviceAccountPassword"] = "service-secret",
        ["groupObjectClass"] = "groupOfNames",
        ["userEnabledAttribute"] = "employeeType",
        ["userDisabledBitMask"] = 2,
        ["accessMode"] = "unrestricted",
        ["enabled"] = enabled,
    };

    /// <summary>An environment that staff may read, and bob's ways into it: a session and a key.</summary>
    private async Task<(string Project, (string, string) Session, (string, string) Key)> StaffAsync()
    {
        await EnableAsync();
        var project = await Api.PostAsync("/projects", new { name = "p" }, Bearer(Key));
        await UntilAsync(project.Self, Key, "active");
        var members = new[] { new { externalId = "1a1", externalIdType = "rancher_id", role = "owner" }, new { externalId = Staff, externalIdType = "openldap_group", role = "member" } };
        (await Api.PostAsync(project.Self + "/?action=setmembers", new { members }, Bearer(Key))).Status.ShouldBe(200);
        var session = await SignInAsync("bob:bob-secret");
        var basic = await KeyAsync("/apikeys", session);
        (await Api.GetAsync(project.Self + "/stacks", Bearer(session))).Status.ShouldBe(200);
        (await Api.GetAsync(project.Self + "/stacks", basic)).Status.ShouldBe(200);
        return (project.Self, Bearer(session), basic);
    }

    /// <summary>Lets go of what is over after a time. Sessions that would be over stay, so that what they still may do is seen.</summary>
    private Task SweepAsync(TimeSpan after) => Api.Store.WriteAsync(tx => SessionSweeper.Forget(tx, tx.Now + after), TestContext.Current.CancellationToken);
}
