namespace Drover.Compose;

/// <summary>The API types that a compose service can become.</summary>
public static class ServiceKinds
{
    public const string Service = "service";
    public const string LoadBalancer = "loadBalancerService";
    public const string External = "externalService";
    public const string Dns = "dnsService";
    public const string NetworkDriver = "networkDriverService";
    public const string StorageDriver = "storageDriverService";

    /// <summary>Whether services of this type run containers.</summary>
    public static bool RunsContainers(string kind) => kind is not (External or Dns);
}
