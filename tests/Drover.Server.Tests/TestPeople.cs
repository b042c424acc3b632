using Drover.Server.Tests.Api;

namespace Drover.Server.Tests;

/// <summary>Accounts with keys, as tests need them.</summary>
internal static class TestPeople
{
    /// <summary>A new account of a kind that signs in with the answered header; a member of the Default environment where a role is given.</summary>
    public static async Task<(string Name, string Value)> AddAsync(ApiServer api, string name, string? role = null, string kind = "user")
    {
        var account = await api.CreateAsync("/accounts", new { name, kind }, "active");
        var id = account.GetProperty("id").GetString()!;
        if (role is not null) await JoinAsync(api, id, role);
        return await KeyOfAsync(api, id);
    }

    /// <summary>Adds a member to an environment and keeps the others.</summary>
    public static async Task JoinAsync(ApiServer api, string account, string role, string project = "1a5")
    {
        var before = (await api.GetAsync($"/projects/{project}/projectmembers")).Data
            .Select(m => Member(m.GetProperty("externalId").GetString()!, m.GetProperty("role").GetString()!))
            .Append(Member(account, role));
        var reply = await api.PostAsync($"/projects/{project}/?action=setmembers", new { members = before });
        reply.Status.ShouldBe(200, reply.Text);
    }

    /// <summary>The header of a new key of an account.</summary>
    public static async Task<(string Name, string Value)> KeyOfAsync(ApiServer api, string account)
    {
        var key = await api.PostAsync("/apikeys", new { accountId = account });
        key.Status.ShouldBe(201, key.Text);
        await api.UntilAsync(key.Self, "active");
        return ApiServer.Basic(key.Json.GetProperty("publicValue").GetString()!, key.Json.GetProperty("secretValue").GetString()!);
    }

    /// <summary>A member as setmembers takes it.</summary>
    public static object Member(string externalId, string role, string externalIdType = "rancher_id") => new { externalId, externalIdType, role };
}
