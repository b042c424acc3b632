using System.Text.Json;
using Drover.Agent;
using Drover.Model.Kernel;
using Drover.Simulator.Hosts;

namespace Drover.Simulator.Load;

/// <summary>What `drover simulate` simulates.</summary>
public sealed record SimulateOptions
{
    public required Uri Url { get; init; }

    /// <summary>The environment's registration token. Never logged.</summary>
    public required string Token { get; init; }

    public int Hosts { get; init; } = 3;

    /// <summary>Hosts are named after it: "sim-1", "sim-2". The same names are the same hosts, run after run.</summary>
    public string Prefix { get; init; } = "sim";

    public FakeBehaviour Behaviour { get; init; } = new();

    /// <summary>Draws what is random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Reads `--url`, `--token`, `--token-file`, `--hosts`, `--prefix`, `--seed` and `--behaviour FILE` (a <see cref="FakeBehaviour"/> as JSON), and the variables DROVER_URL, DROVER_TOKEN and DROVER_TOKEN_FILE. Throws <see cref="FormatException"/> with a sentence for people.</summary>
    public static SimulateOptions Parse(IReadOnlyList<string> args, Func<string, string?> variable)
    {
        var given = Arguments.Read(args, ["url", "token", "token-file", "hosts", "prefix", "seed", "behaviour"]);
        string[] agentArgs = [.. ((IEnumerable<string>)["url", "token", "token-file"]).SelectMany(name => given.All(name).Select(value => $"--{name}={value}"))];
        var agent = AgentOptions.Parse(agentArgs, variable);
        return new SimulateOptions
        {
            Url = agent.Url,
            Token = agent.Token ?? throw new FormatException("Which environment? Give its registration token by --token-file, DROVER_TOKEN or --token"),
            Hosts = Number(given, "hosts", 1, 20_000) ?? 3,
            Prefix = given.Last("prefix") ?? "sim",
            Seed = Number(given, "seed", int.MinValue, int.MaxValue) ?? 1,
            Behaviour = given.Last("behaviour") is { } file ? Read(file) : new FakeBehaviour(),
        };
    }

    public override string ToString() => $"SimulateOptions({Url}, {Hosts})";

    private static int? Number(Arguments given, string name, int least, int most)
        => given.Last(name) is not { } text ? null
            : int.TryParse(text, out var number) && number >= least && number <= most ? number
            : throw new FormatException($"--{name} is a number from {least} to {most}");

    private static FakeBehaviour Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<FakeBehaviour>(File.ReadAllBytes(file), ModelJson.Options) ?? throw new FormatException($"{file} is empty");
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new FormatException($"{file} cannot be read: {unusable.Message}");
        }
    }
}
