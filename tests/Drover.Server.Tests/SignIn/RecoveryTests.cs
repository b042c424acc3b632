using Drover.Model.Accounts;
using Drover.Server.SignIn.Recovery;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.SignIn;

public sealed class RecoveryTests : SignInTest
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drover-recovery-").FullName;

    public override ValueTask InitializeAsync()
    {
        Api.Options = Api.Options with { DataFolder = _folder };
        return Api.StartAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Who_is_locked_out_gets_in_once_and_can_set_a_password()
    {
        await EnableLocalAsync();
        var secret = Make();

        (await RecoverAsync("wrong")).Status.ShouldBe(401);
        var reply = await RecoverAsync(secret);

        reply.Status.ShouldBe(200, reply.Text);
        var key = reply.Json.GetProperty("jwt").GetString()!;
        (await Api.GetAsync("/accounts", Bearer(key))).Header("X-API-ACCOUNT-KIND").ShouldBe("admin");
        (await RecoverAsync(secret)).Status.ShouldBe(401);
        File.Exists(Path.Combine(_folder, RecoverySecret.FileName)).ShouldBeFalse();
        (await Api.PostAsync("/localauthconfig", new { username = "fresh", password = "fresh password", enabled = true }, Bearer(key))).Status.ShouldBe(201);
        await SignInAsync("fresh:fresh password");
    }

    [Fact]
    public async Task It_works_whatever_provider_is_configured()
    {
        await EnableLocalAsync();
        var admin = await SignInAsync();
        foreach (var (name, value) in new[] { ("api.auth.provider.configured", "openldapconfig"), ("api.auth.ldap.openldap.access.mode", "required") })
            await Api.SendAsync(HttpMethod.Put, "/settings/" + name, new { value }, [ApiServer.Basic("x-api-bearer", admin)]);
        (await Api.GetAsync("/accounts", Bearer(admin))).Status.ShouldBeOneOf(401, 403);

        var key = (await RecoverAsync(Make())).Json.GetProperty("jwt").GetString()!;

        (await Api.GetAsync("/accounts", Bearer(key))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task It_revives_the_built_in_administrator_where_none_is_active()
    {
        await EnableLocalAsync();
        await Api.Store.WriteAsync(
            tx =>
            {
                var entry = tx.View.Find<Account>(1)!;
                tx.PutSeen("account", 1, entry.Seen with { State = "inactive" });
            },
            TestContext.Current.CancellationToken);
        (await TryAsync($"{Admin}:{Password}")).Status.ShouldBe(401);

        (await RecoverAsync(Make())).Status.ShouldBe(200);

        await SignInAsync();
    }

    [Fact]
    public async Task Its_time_is_short_the_file_tells_nothing_and_other_sites_cannot_send_it()
    {
        await EnableLocalAsync();
        var late = RecoverySecret.Make(_folder, IdSource.System, DateTimeOffset.UtcNow - RecoverySecret.Life);
        (await RecoverAsync(late)).Status.ShouldBe(401);
        var older = Make();
        var secret = Make();

        (await File.ReadAllTextAsync(Path.Combine(_folder, RecoverySecret.FileName), TestContext.Current.CancellationToken)).ShouldNotContain(secret);
        (await RecoverAsync(secret, ("Origin", "http://evil.example"))).Status.ShouldBe(403);
        (await RecoverAsync(older)).Status.ShouldBe(401);
        (await RecoverAsync(secret, Remote)).Status.ShouldBe(200);
    }

    private string Make() => RecoverySecret.Make(_folder, IdSource.System, DateTimeOffset.UtcNow);

    private Task<Reply> RecoverAsync(string secret, params (string Name, string Value)[] headers)
        => Api.PostAsync(new Uri(Api.Server.Url, "/recover").ToString(), secret, headers);
}
