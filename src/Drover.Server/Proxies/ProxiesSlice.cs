namespace Drover.Server.Proxies;

/// <summary>What stood beside the API in 1.6: the proxy to servers elsewhere, and the services that have nothing to show yet.</summary>
internal static class ProxiesSlice
{
    public static void Register(ServerParts parts)
    {
        new ExternalProxy(parts.Store, parts.Options.Outside, parts.Ids, parts.Time).Register(parts);
        EmptyFace.Catalog.Register(parts);
        EmptyFace.Webhooks.Register(parts);
    }
}
