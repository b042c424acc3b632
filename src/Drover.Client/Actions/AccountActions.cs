using System.Text.Json;
using Drover.Client.Resources;
using Drover.Model.Credentials;
using Drover.Model.Environments;
using Drover.Model.Secrets;

namespace Drover.Client.Actions;

/// <summary>What can be asked of environments and passwords.</summary>
public static class AccountActions
{
    /// <summary>Replaces the members of an environment; answers who they are.</summary>
    public static async Task<IReadOnlyList<ApiResource<ProjectMember>>> SetMembersAsync(this ResourceSet<Project> environments, string id, SetProjectMembersInput members, CancellationToken cancellation = default)
    {
        var answer = await environments.InvokeAsync(id, "setmembers", members, cancellation).ConfigureAwait(false);
        return answer.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array ? [.. data.EnumerateArray().Select(ApiResource<ProjectMember>.Read)] : [];
    }

    /// <summary>Changes the secret of a password; the old one must be named.</summary>
    public static Task ChangeSecretAsync(this ResourceSet<Password> passwords, string id, ChangeSecretInput secret, CancellationToken cancellation = default)
        => passwords.InvokeAsync(id, "changesecret", secret, cancellation);
}
