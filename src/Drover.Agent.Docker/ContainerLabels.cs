namespace Drover.Agent.Docker;

/// <summary>Labels that this host reads (LBL-02, LBL-04, LBL-08).</summary>
internal static class ContainerLabels
{
    /// <summary>Which of the platform's containers it is; a lost disk is rebuilt from it.</summary>
    public const string Uuid = "io.rancher.container.uuid";

    /// <summary>The name shown to people.</summary>
    public const string Name = "io.rancher.container.name";

    /// <summary><c>true</c> or <c>false</c>: whether the platform's DNS is used, against what its network says (DNS-11).</summary>
    public const string Dns = "io.rancher.container.dns";

    /// <summary><c>service_last</c> or <c>None</c>: the place of the platform's search domains (DNS-12).</summary>
    public const string DnsPriority = "io.rancher.container.dns.priority";

    /// <summary><c>none</c>, <c>unnamed</c> (usual) or <c>all</c>: which volumes go with the container (VOL-23).</summary>
    public const string VolumeCleanup = "io.rancher.container.volume_cleanup_strategy";
}
