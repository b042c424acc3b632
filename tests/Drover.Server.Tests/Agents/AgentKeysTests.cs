using System.Text;
using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Server.Agents;
using Drover.Store;
using Drover.Testing;

namespace Drover.Server.Tests.Agents;

public sealed class AgentKeysTests : IAsyncDisposable
{
    private readonly ResourceStore _store = new(Catalog.All, new ManualTime(), Guid.NewGuid);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_key_pair_finds_its_agent_and_nothing_near_it_does()
    {
        await AddAsync("KEY", "secret");

        AgentKeys.Find(_store.Current, Basic("KEY:secret"))!.Id.ShouldBe(1);
        foreach (var wrong in (string?[])[Basic("KEY:Secret"), Basic("KEY:"), Basic("KEY"), Basic("key:secret"), Basic(":secret"), Basic(""), "Basic %%%", "Bearer secret", "", null])
            AgentKeys.Find(_store.Current, wrong).ShouldBeNull(wrong);
    }

    [Fact]
    public async Task A_secret_may_hold_colons()
    {
        await AddAsync("KEY", "a:b:c");

        AgentKeys.Find(_store.Current, Basic("KEY:a:b:c")).ShouldNotBeNull();
    }

    [Fact]
    public async Task An_agent_on_its_way_out_is_not_let_in()
    {
        await AddAsync("KEY", "secret");
        await _store.WriteAsync(tx => tx.Put(tx.View.Get<Model.Agents.Agent>(1)! with { RemoveRequested = true }), TestContext.Current.CancellationToken);

        AgentKeys.Find(_store.Current, Basic("KEY:secret")).ShouldBeNull();
    }

    [Fact]
    public void The_same_secret_has_another_hash_under_another_name()
        => AgentKeys.Hash("secret", "A").ShouldNotBe(AgentKeys.Hash("secret", "B"));

    private const long TenYears = 315_360_000_000;

    [Fact]
    public async Task A_token_is_taken_for_ten_years_and_only_as_it_was_signed()
    {
        var now = new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
        var row = new RegistrationToken { AccountId = 5, PublicValue = "ABC", SecretValue = "hush" };
        await _store.WriteAsync(tx => tx.Create(row, new PlainSeen { State = "active", Generation = 1 }), TestContext.Current.CancellationToken);
        var token = TokenSignature.Make(row, now);

        token.ShouldStartWith($"ABC:{new DateTimeOffset(2025, 12, 31, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds()}:");
        TokenSignature.Find(_store.Current, token, now, TenYears)!.Id.ShouldBe(1);
        TokenSignature.Find(_store.Current, token, now.AddYears(9), TenYears).ShouldNotBeNull();
        TokenSignature.Find(_store.Current, token, now.AddYears(10), TenYears).ShouldBeNull();
        TokenSignature.Find(_store.Current, token + "x", now, TenYears).ShouldBeNull();
        TokenSignature.Find(_store.Current, token.Replace(":1", ":2", StringComparison.Ordinal), now, TenYears).ShouldBeNull();
        TokenSignature.Find(_store.Current, "ABC:99999999999999999999:x", now, TenYears).ShouldBeNull();
        TokenSignature.Find(_store.Current, "ABC:-1:x", now, TenYears).ShouldBeNull();
        await _store.WriteAsync(tx => tx.PutSeen("credential", 1, new PlainSeen { State = "inactive", Generation = 1 }), TestContext.Current.CancellationToken);
        TokenSignature.Find(_store.Current, token, now, TenYears).ShouldBeNull();
    }

    [Fact]
    public void A_token_is_the_same_all_year_and_another_the_next()
    {
        var row = new RegistrationToken { PublicValue = "ABC", SecretValue = "hush" };
        string On(int year, int month) => TokenSignature.Make(row, new DateTimeOffset(year, month, 1, 0, 0, 0, TimeSpan.Zero));

        On(2026, 1).ShouldBe(On(2026, 12));
        On(2026, 1).ShouldNotBe(On(2027, 1));
    }

    private Task<Model.Agents.Agent> AddAsync(string name, string secret)
        => _store.WriteAsync(tx => tx.Create(new Model.Agents.Agent { AccountId = 5, PublicValue = name, SecretHash = AgentKeys.Hash(secret, name) }), TestContext.Current.CancellationToken);

    private static string Basic(string pair) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));
}
