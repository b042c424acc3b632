namespace Drover.Compose;

/// <summary>The files of a stack by name, as they were handed in; <c>docker-compose.yml</c> and <c>rancher-compose.yml</c> are read first, others only when named by them.</summary>
public sealed record ComposeFiles(IReadOnlyDictionary<string, string> Texts)
{
    public const string DockerName = "docker-compose.yml";
    public const string RancherName = "rancher-compose.yml";

    private static readonly string[] DockerNames = [DockerName, "docker-compose.yaml", "compose.yml"];
    private static readonly string[] RancherNames = [RancherName, "rancher-compose.yaml"];

    /// <summary>The two files of a stack under their usual names; a missing or empty one is left out.</summary>
    public static ComposeFiles Of(string? dockerCompose, string? rancherCompose = null)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!string.IsNullOrEmpty(dockerCompose))
            texts[DockerName] = dockerCompose;
        if (!string.IsNullOrEmpty(rancherCompose))
            texts[RancherName] = rancherCompose;
        return new ComposeFiles(texts);
    }

    /// <summary>The name under which the docker-compose file was handed in, or null.</summary>
    public string? Docker => Array.Find(DockerNames, Texts.ContainsKey);

    /// <summary>The name under which the rancher-compose file was handed in, or null.</summary>
    public string? Rancher => Array.Find(RancherNames, Texts.ContainsKey);
}
