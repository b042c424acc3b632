namespace Drover.Server.Metadata;

/// <summary>Metadata for readers that are not Drover's own agent.</summary>
internal static class MetadataSlice
{
    public static void Register(ServerParts parts)
    {
        if (parts.Projection is { } projection) parts.EventSources.Add(new ConfigUpdates(parts.Store, projection, parts.Events, parts.Time));
        var content = new ConfigContentRoutes(parts.Store);
        foreach (var version in (string[])["v1", "v2-beta"]) parts.Route(new ServerRoute($"/{version}/configcontent/", RouteRule.Agent, content.AnswerAsync));
    }
}
