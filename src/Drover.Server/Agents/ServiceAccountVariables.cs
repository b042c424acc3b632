using Drover.Model.Agents;
using Drover.Model.Containers;
using Drover.Server.Settings;
using Drover.Store;

namespace Drover.Server.Agents;

/// <summary>The environment variables in which a container finds the API and its keys (AUTH-29).</summary>
/// <param name="secrets">The secrets of service accounts.</param>
/// <param name="origin">Where the container's host reaches this server, such as "https://drover.example.com".</param>
public sealed class ServiceAccountVariables(ServiceAccountSecrets secrets, string origin)
{
    /// <summary>What the container's own environment is overlaid with; nothing for containers without an account.</summary>
    public IEnumerable<KeyValuePair<string, string>> Of(Snapshot view, Container container)
    {
        if (container.AgentIds.Count == 0) yield break;
        var server = SettingsTable.Value(view, "api.host") is { Length: > 0 } host ? host.TrimEnd('/') : origin;
        yield return new("CATTLE_URL", server + "/v1");
        var isOwn = true;
        foreach (var id in container.AgentIds)
        {
            if (view.Get<Agent>(id) is not { } account || ContainerRole.Find(account.ContainerRole) is not { } role || secrets.PairOf(account) is not { } pair) continue;
            if (isOwn) foreach (var variable in Pair("CATTLE", pair)) yield return variable;
            foreach (var variable in Pair($"CATTLE_{role.Variable}", pair)) yield return variable;
            isOwn = false;
        }
    }

    private static KeyValuePair<string, string>[] Pair(string prefix, (string Name, string Secret) pair) => [new($"{prefix}_ACCESS_KEY", pair.Name), new($"{prefix}_SECRET_KEY", pair.Secret)];
}
