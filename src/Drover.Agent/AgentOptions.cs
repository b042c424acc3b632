using Drover.Model.Kernel;

namespace Drover.Agent;

/// <summary>How an agent is started.</summary>
public sealed record AgentOptions
{
    /// <summary>The server's address, without a path of the API.</summary>
    public required Uri Url { get; init; }

    /// <summary>The registration token; null for a host that joined already. Never logged.</summary>
    public string? Token { get; init; }

    /// <summary>Where uuid, keys and assignments are kept.</summary>
    public string DataFolder { get; init; } = "/var/lib/drover/agent";

    /// <summary>Null for the machine's own.</summary>
    public string? Hostname { get; init; }

    /// <summary>The address other machines reach this host by; null for that of the route to the server (HOST-09).</summary>
    public string? AgentIp { get; init; }

    /// <summary>Labels of the host at registration (HOST-10).</summary>
    public EquatableMap<string> Labels { get; init; } = EquatableMap.Of<string>();

    /// <summary>Reads `--url`, `--token`, `--token-file`, `--data`, `--hostname`, `--agent-ip`, `--label k=v` and the variables DROVER_URL, DROVER_TOKEN, DROVER_TOKEN_FILE, DROVER_AGENT_DATA, CATTLE_AGENT_IP and CATTLE_HOST_LABELS. A url of the form that 1.6's command shows, "http://server:8080/v1/scripts/TOKEN", carries both. Throws <see cref="FormatException"/> with a sentence for people.</summary>
    public static AgentOptions Parse(IReadOnlyList<string> args, Func<string, string?> variable)
    {
        var given = Arguments.Read(args, ["url", "token", "token-file", "data", "hostname", "agent-ip", "label"]);
        var text = given.Last("url") ?? variable("DROVER_URL") ?? throw new FormatException("Where is the server? Say --url http://SERVER:8080");
        var (url, tokenInUrl) = ServerAddress.Parse(text);
        var options = new AgentOptions
        {
            Url = url,
            Token = ReadToken(given, variable) ?? tokenInUrl,
            Hostname = given.Last("hostname"),
            AgentIp = given.Last("agent-ip") ?? NullIfEmpty(variable("CATTLE_AGENT_IP")),
            Labels = Labelled(given.All("label"), variable("CATTLE_HOST_LABELS")),
        };
        return (given.Last("data") ?? NullIfEmpty(variable("DROVER_AGENT_DATA"))) is { } data ? options with { DataFolder = data } : options;
    }

    public override string ToString() => $"AgentOptions({Url}, {DataFolder})";

    private static string? ReadToken(Arguments given, Func<string, string?> variable)
    {
        if ((given.Last("token") ?? NullIfEmpty(variable("DROVER_TOKEN"))) is { } token) return token.Trim();
        if ((given.Last("token-file") ?? NullIfEmpty(variable("DROVER_TOKEN_FILE"))) is not { } path) return null;
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"The token cannot be read from {path}: {failure.Message}");
        }
    }

    private static EquatableMap<string> Labelled(IEnumerable<string> flags, string? cattle)
    {
        var labels = new Dictionary<string, string>();
        foreach (var pair in (cattle ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).Concat(flags))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at == 0) throw new FormatException($"A label has a name: {pair}");
            labels[at < 0 ? pair : pair[..at]] = at < 0 ? "" : pair[(at + 1)..];
        }

        return labels.ToEquatableMap();
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
