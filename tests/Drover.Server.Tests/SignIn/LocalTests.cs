using System.Text.Json;

namespace Drover.Server.Tests.SignIn;

public sealed class LocalTests : SignInTest
{
    [Fact]
    public async Task Enabling_gives_the_first_administrator_a_login_and_shows_no_password()
    {
        await EnableLocalAsync();
        var key = await SignInAsync();

        var config = (await Api.GetAsync("/localauthconfig", Bearer(key))).Data.ShouldHaveSingleItem();

        config.GetProperty("enabled").GetBoolean().ShouldBeTrue();
        config.GetProperty("username").GetString().ShouldBe("");
        (await Api.GetAsync("/accounts/1a1", Bearer(key))).Json.GetProperty("name").GetString().ShouldBe("The Admin");
        Api.Store.Current.All<Model.Credentials.Password>().ShouldHaveSingleItem().Wanted.ToString().ShouldNotContain(Password);
    }

    [Fact]
    public async Task Enabling_again_takes_the_right_password_only_and_disabling_keeps_the_login()
    {
        await EnableLocalAsync();
        var key = await SignInAsync();

        (await Api.PostAsync("/localauthconfig", new { username = Admin, password = "another one", enabled = true }, Bearer(key))).Code.ShouldBe("IncorrectPassword");
        (await Api.PostAsync("/localauthconfig", new { username = Admin, password = Password, enabled = false }, Bearer(key))).Status.ShouldBe(201);

        (await Api.GetAsync("/token")).Data[0].GetProperty("security").GetBoolean().ShouldBeFalse();
        (await Api.GetAsync("/accounts")).Status.ShouldBe(200);
        await EnableLocalAsync();
        (await Api.GetAsync("/accounts", Bearer(key))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Nobody_can_lock_everybody_out_by_enabling_it_without_a_login()
    {
        var reply = await Api.PostAsync("/localauthconfig", new { username = "", password = "", enabled = true });

        (reply.Status, reply.Code, reply.Field).ShouldBe((422, "MissingRequired", "username"));
        (await Api.GetAsync("/token")).Data[0].GetProperty("security").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("short", "MinLengthExceeded")]
    [InlineData("Somebody", "InvalidFormat")]
    [InlineData("", "MissingRequired")]
    public async Task A_password_must_be_long_enough_and_not_the_login(string password, string code)
    {
        var reply = await Api.PostAsync("/passwords", new { publicValue = "somebody", secretValue = password });

        (reply.Status, reply.Code, reply.Field).ShouldBe((422, code, "secretValue"));
    }

    [Fact]
    public async Task A_login_is_taken_in_every_letter_case_and_has_no_colon()
    {
        (await Api.PostAsync("/passwords", new { publicValue = "Ann", secretValue = Password })).Status.ShouldBe(201);

        var taken = await Api.PostAsync("/passwords", new { publicValue = "aNN", secretValue = Password });

        (taken.Status, taken.Code, taken.Field).ShouldBe((422, "NotUnique", "publicValue"));
        (await Api.PostAsync("/passwords", new { publicValue = "a:b", secretValue = Password })).Code.ShouldBe("InvalidCharacters");
    }

    [Fact]
    public async Task The_password_is_shown_in_no_answer()
    {
        var created = await Api.PostAsync("/passwords", new { publicValue = "ann", secretValue = Password });

        created.Text.ShouldNotContain(Password);
        created.Text.ShouldNotContain("pbkdf2");
        (await Api.GetAsync(created.Self)).Json.GetProperty("secretValue").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Who_changes_a_password_brings_the_old_one_and_the_other_sessions_end()
    {
        await EnableLocalAsync();
        var admin = await SignInAsync();
        await AddUserAsync(admin, "ann");
        var (mine, other) = (await SignInAsync($"ann:{Password}"), await SignInAsync($"ann:{Password}"));
        var password = (await Api.GetAsync("/passwords", Bearer(mine))).Data.ShouldHaveSingleItem();
        var change = password.GetProperty("actions").GetProperty("changesecret").GetString()!;

        (await Api.PostAsync(change, new { oldSecret = "wrong", newSecret = "long enough" }, Bearer(mine))).Code.ShouldBe("InvalidOldPassword");
        (await Api.PostAsync(change, new { oldSecret = Password, newSecret = "short" }, Bearer(mine))).Code.ShouldBe("MinLengthExceeded");
        (await Api.PostAsync(change, new { oldSecret = Password, newSecret = "long enough" }, Bearer(mine))).Status.ShouldBe(200);

        (await TryAsync($"ann:{Password}")).Status.ShouldBe(401);
        await SignInAsync("ann:long enough");
        (await Api.GetAsync("/projects", Bearer(mine))).Status.ShouldBe(200);
        (await Api.GetAsync("/projects", Bearer(other))).Status.ShouldBe(401);
        (await Api.PostAsync(change, new { oldSecret = "not it", newSecret = "set by admin" }, Bearer(admin))).Status.ShouldBe(200);
        await SignInAsync("ann:set by admin");
    }

    [Fact]
    public async Task Only_members_and_the_allowed_get_in_where_the_site_is_restricted()
    {
        await EnableLocalAsync();
        var admin = await SignInAsync();
        var ann = await AddUserAsync(admin, "ann");
        await AddUserAsync(admin, "bob");
        var project = await Api.PostAsync("/projects", new { name = "p", members = new[] { new { externalId = ann, externalIdType = "rancher_id", role = "owner" } } }, Bearer(admin));
        project.Status.ShouldBe(201, project.Text);
        var bob = await SignInAsync($"bob:{Password}");
        await EnableRestrictedAsync(admin);

        (await TryAsync($"ann:{Password}")).Status.ShouldBe(201);
        await Api.SendAsync(HttpMethod.Put, "/settings/project.create.default", new { value = "false" }, [Bearer(admin)]);
        await AddUserAsync(admin, "carl");
        var refused = await TryAsync($"carl:{Password}");
        (refused.Status, refused.Code, refused.Json.GetProperty("message").GetString()).ShouldBe((403, "AuthError", "Your account does not have access"));
        (await Api.GetAsync("/projects", Bearer(bob))).Status.ShouldBe(200);
        var own = (await Api.GetAsync("/projects", Bearer(bob))).Data.ShouldHaveSingleItem().GetProperty("links").GetProperty("self").GetString()!;
        (await Api.SendAsync(HttpMethod.Delete, own, null, [Bearer(bob)])).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Identities_are_found_by_login_by_part_and_by_id()
    {
        await EnableLocalAsync();
        var admin = await SignInAsync();
        var ann = await AddUserAsync(admin, "ann.smith");

        var byName = (await Api.GetAsync("/identities?name=ANN.smith", Bearer(admin))).Data.ShouldHaveSingleItem();
        byName.GetProperty("id").GetString().ShouldBe($"1i!rancher_id:{ann}");
        byName.GetProperty("login").GetString().ShouldBe("ann.smith");
        (await Api.GetAsync("/identities?name=ann", Bearer(admin))).Data.ShouldBeEmpty();
        (await Api.GetAsync("/identities?all=smi", Bearer(admin))).Data.Count.ShouldBe(1);
        (await Api.GetAsync($"/identities/1i!rancher_id:{ann}", Bearer(admin))).Json.GetProperty("externalId").GetString().ShouldBe(ann);
        (await Api.GetAsync($"/identities/rancher_id:{ann}", Bearer(admin))).Status.ShouldBe(200);
        (await Api.GetAsync("/identities/1i!martian:1", Bearer(admin))).Code.ShouldBe("invalidIdentityType");
        (await Api.GetAsync("/identities", Bearer(admin))).Data.Select(i => i.GetProperty("externalId").GetString()).ShouldBe(["1a1"]);
        (await Api.GetAsync($"/accounts/{ann}", Bearer(admin))).Json.GetProperty("identity").GetString().ShouldBe($"1i!rancher_id:{ann}");
    }

    [Fact]
    public async Task Passwords_go_past_an_own_service_where_one_is_set()
    {
        await using var validator = await StubServer.StartAsync((path, body) => body.Contains("company", StringComparison.Ordinal) ? (400, """{"type":"TooObvious","message":"not the company"}""") : (200, "{}"));
        await Api.PutAsync("/settings/api.auth.local.validate.url", new { value = validator.Url + "/check" });

        var refused = await Api.PostAsync("/passwords", new { publicValue = "ann", secretValue = "our company 1" });
        (await Api.PostAsync("/passwords", new { publicValue = "ann", secretValue = Password })).Status.ShouldBe(201);

        (refused.Status, refused.Code, refused.Json.GetProperty("message").GetString()).ShouldBe((400, "TooObvious", "not the company"));
    }

    private async Task EnableRestrictedAsync(string key)
        => (await Api.PostAsync("/localauthconfig", new { username = Admin, password = Password, accessMode = "restricted", enabled = true }, Bearer(key))).Status.ShouldBe(201);
}
