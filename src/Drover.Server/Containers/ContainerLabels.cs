namespace Drover.Server.Containers;

/// <summary>Labels that the platform reads or sets on containers (features.md section 18).</summary>
public static class ContainerLabels
{
    public const string Uuid = "io.rancher.container.uuid";
    public const string Name = "io.rancher.container.name";
    public const string Address = "io.rancher.container.ip";
    public const string System = "io.rancher.container.system";
    public const string CreateAgent = "io.rancher.container.create_agent";
    public const string AgentRole = "io.rancher.container.agent.role";
    public const string StartOnce = "io.rancher.container.start_once";
    public const string HostnameOverride = "io.rancher.container.hostname_override";
    public const string StackName = "io.rancher.stack.name";
    public const string ProjectName = "io.rancher.project.name";
    public const string StackServiceName = "io.rancher.stack_service.name";
    public const string ProjectServiceName = "io.rancher.project_service.name";
    public const string DeploymentUnit = "io.rancher.service.deployment.unit";
    public const string LaunchConfig = "io.rancher.service.launch.config";
    public const string RequestedHost = "io.rancher.service.requested.host.id";
    public const string EnvironmentUuid = "io.rancher.environment.uuid";
    public const string Global = "io.rancher.scheduler.global";
    public const string Sidekicks = "io.rancher.sidekicks";

    /// <summary>The launch config name of primaries.</summary>
    public const string PrimaryLaunchConfig = "io.rancher.service.primary.launch.config";

    /// <summary>True where a label says "true", letter case aside.</summary>
    public static bool IsTrue(this IReadOnlyDictionary<string, string> labels, string name)
        => labels.TryGetValue(name, out var value) && value.Equals("true", StringComparison.OrdinalIgnoreCase);
}
