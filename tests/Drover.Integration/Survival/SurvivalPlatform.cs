namespace Drover.Integration.Survival;

/// <summary>An installation of its own for tests that kill parts of it, with a stack and a container whose lives are watched.</summary>
public sealed class SurvivalPlatform : Platform
{
    private const string Compose = $"""
        version: '2'
        services:
          web:
            image: {TestImages.Busybox}
            command: {Workloads.IdleCommand}
          db:
            image: {TestImages.Busybox}
            command: {Workloads.IdleCommand}
            labels:
              io.rancher.sidekicks: helper
          helper:
            image: {TestImages.Busybox}
            command: {Workloads.IdleCommand}
        """;

    private TestStack? _stack;
    private Resource? _standalone;

    /// <summary>Two `web`, one `db` with its sidekick.</summary>
    internal TestStack Stack => Lab is null ? throw new InvalidOperationException() : _stack!;

    /// <summary>A standalone container that is always started again.</summary>
    internal Resource Standalone => _standalone!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        if (!IsUp) return;
        _stack = await TestStack.UpAsync(Api, Host, Compose, "version: '2'\nservices: { web: { scale: 2 }, db: { scale: 1 } }");
        _standalone = await Api.CreateAsync("containers", new { name = "alone", imageUuid = Workloads.Busybox, command = Workloads.Idle, restartPolicy = new { name = "always" } });
        _standalone = await Api.InStateAsync(_standalone, "running");
    }

    /// <summary>Waits until everything runs and is shown so.</summary>
    internal async Task AllIsWellAsync()
    {
        await Until.SeenAsync("the host is active", () => Api.FindAsync("hosts", ("hostname", Host.Machine.Name)), host => host?.State == "active");
        await Stack.AreActiveAsync();
        await Api.InStateAsync(Standalone, "running");
        await Until.SeenAsync("all run on the engine", LivesAsync, lives => lives is { Count: 5, AllRun: true });
    }

    /// <summary>Of each of these containers, by name: its id, whether it runs, its process and when that began.</summary>
    internal async Task<Lives> LivesAsync()
    {
        var ids = await Host.DockerAsync("ps", "-aq", "--no-trunc", "--filter", $"name=^r-{Stack.Name}-", "--filter", "name=^r-alone-");
        if (ids.Length == 0) return new Lives([]);
        var lines = await Host.DockerAsync(["inspect", "-f", "{{.Name}} {{.Id}} {{.State.Running}} {{.State.Pid}} {{.State.StartedAt}}", .. ids.Split('\n')]);
        return new Lives([.. lines.Split('\n').Order(StringComparer.Ordinal)]);
    }
}

/// <summary>The lives of containers, in order of their names: name, id, whether it runs, process, start.</summary>
internal sealed record Lives(string[] All)
{
    public int Count => All.Length;

    public bool AllRun => All.All(life => life.Split(' ')[2] == "true");

    public IEnumerable<string> NamesAndIds => All.Select(life => string.Join(' ', life.Split(' ')[..2]));

    public override string ToString() => string.Join('\n', All);
}
