using Drover.Model.Accounts;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.SignIn;

/// <summary>A server that signs in against a real directory.</summary>
public abstract class DirectoryTest : SignInTest
{
    /// <summary>Why this machine cannot run the directory; null where it can.</summary>
    protected abstract string? Missing { get; }

    protected abstract string? Trust { get; }

    protected abstract string ConfigWord { get; }

    /// <summary>"user:password" of who becomes the administrator.</summary>
    protected abstract string FirstLogin { get; }

    /// <summary>The administrator's session once <see cref="EnableAsync"/> was called.</summary>
    protected string Key { get; private set; } = "";

    public override ValueTask InitializeAsync()
    {
        if (Missing is { } reason) Assert.Skip(reason);
        Api.Options = Api.Options with { TrustFolder = Trust };
        return Api.StartAsync();
    }

    protected abstract Dictionary<string, object?> Config(bool enabled);

    protected Task<Reply> PostAsync(bool enabled, string? key = null, Action<Dictionary<string, object?>>? change = null)
    {
        var config = Config(enabled);
        change?.Invoke(config);
        return Api.PostAsync(ConfigWord, config, key is null ? [] : [Bearer(key)]);
    }

    /// <summary>Configures, signs in, enables: the three steps.</summary>
    protected async Task EnableAsync(Action<Dictionary<string, object?>>? change = null)
    {
        var posted = await PostAsync(false, null, change);
        posted.Status.ShouldBeInRange(200, 201, posted.Text);
        Key = await SignInAsync(FirstLogin);
        var enabled = await PostAsync(true, Key, change);
        enabled.Status.ShouldBeInRange(200, 201, enabled.Text);
    }

    protected async Task IdentitiesShouldBeAsync(string key, params string[] expected)
        => (await Api.GetAsync("/identities", Bearer(key))).Data.Select(i => i.GetProperty("externalId").GetString()!).ShouldBe(expected, ignoreOrder: true);

    /// <summary>Makes an administrator a user; another administrator is there.</summary>
    protected Task DemoteAsync(string externalId) => Api.Store.WriteAsync(
        tx =>
        {
            var account = tx.View.All<Account>().Select(e => (Account)e.Wanted).First(a => a.ExternalId == externalId);
            tx.Put(account with { Kind = "user" });
        },
        TestContext.Current.CancellationToken);
}
