namespace Drover.Protocol;

/// <summary>The answer to a registration. A host that joins again under the same uuid keeps its id and gets new keys.</summary>
/// <param name="HostId">The host's wire id, such as "1h3".</param>
/// <param name="AccessKey">User name of the session's HTTP Basic credentials.</param>
/// <param name="SecretKey">Their password. Never logged; kept on the host's disk with mode 0600.</param>
public sealed record Registered(string HostId, string AccessKey, string SecretKey)
{
    public override string ToString() => $"Registered({HostId}, {AccessKey})";
}
