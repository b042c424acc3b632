using Drover.Server.Agents;
using Drover.Server.Api.Calls;

namespace Drover.Server.Credentials;

/// <summary>API keys, registration tokens and what agents fetch with them.</summary>
internal static class CredentialsSlice
{
    public static void Register(ServerParts parts)
    {
        parts.Pieces.Add(new ApiKeyRules(parts.Ids)).Add(new RegistrationTokenRules(parts.Ids, parts.Store)).Add(new RegistrationTokenLink(parts.Time));
        var downloads = new AgentDownloads(parts.Options.DownloadFolder ?? Path.Combine(AppContext.BaseDirectory, "downloads"));
        downloads.Register(parts);
        foreach (var field in RegistrationTokenViews.Fields) parts.Pieces.Add(new RegistrationTokenViews(field, parts.Time, downloads));
        var scripts = new ScriptRoutes(parts);
        foreach (var version in ApiPath.Versions)
            parts.Route(new ServerRoute($"/{version}/scripts/", RouteRule.Anyone, scripts.AnswerAsync));
    }
}
