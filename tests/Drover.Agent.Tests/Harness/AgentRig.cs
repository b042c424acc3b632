using Drover.Agent.Hooks;
using Drover.Agent.State;
using Drover.Protocol;
using Drover.Simulator.Hosts;
using Drover.Simulator.Links;
using Drover.Simulator.Time;

namespace Drover.Agent.Tests.Harness;

/// <summary>A host, its agent and a server on one thread and one clock.</summary>
internal sealed class AgentRig
{
    private Action _end = () => { };
    private Life? _state;

    public AgentRig()
    {
        Loop = new SimLoop(new SimClock()) { Strict = true };
        Runtime = new FakeRuntime(new FakeBehaviour(), Loop.Clock, "host-1") { OnCall = (word, uuid) => Calls.Add($"{word} {uuid}") };
        Transport = new MemoryTransport(Loop.Clock, Server.Accept);
    }

    public SimLoop Loop { get; }

    public FakeRuntime Runtime { get; }

    public MemoryState Disk { get; } = new();

    public TestServer Server { get; } = new();

    public MemoryTransport Transport { get; }

    /// <summary>What was done to containers, in order: "start web".</summary>
    public List<string> Calls { get; } = [];

    public List<IInstanceHook> Hooks { get; } = [new VolumesHook(), new NetworkHook()];

    public List<IEnvironmentListener> Listeners { get; } = [];

    /// <summary>Errors in it are defects of the agent, and fail what waits.</summary>
    public TestLog Log { get; } = new();

    public Task<string>? Running { get; private set; }

    public DateTimeOffset Now => Loop.Clock.GetUtcNow();

    /// <summary>Starts an agent on what the last one left on disk.</summary>
    public AgentRig Start()
    {
        var life = new CancellationTokenSource();
        _end = life.Cancel;
        _state = new Life(Disk);
        var agent = new HostAgent(
            new AgentParts
            {
                Runtime = Runtime,
                Transport = Transport,
                State = _state,
                Hooks = [.. Hooks],
                Environment = [.. Listeners],
                Time = Loop.Clock,
                Jitter = new Random(1),
                Loggers = Log,
            },
            engine => (engine ?? new HostDescription { Uuid = "h", Hostname = "", EngineUp = false }) with { Uuid = "host-uuid", Hostname = "host-1" });
        Running = Loop.Start(() => agent.RunAsync(life.Token));
        return this;
    }

    /// <summary>The agent dies at this instant: nothing more reaches its disk or the server.</summary>
    public void Kill()
    {
        _state!.IsOver = true;
        Transport.Link?.Cut();
        _end();
        Loop.For(TimeSpan.Zero);
    }

    public void Until(Func<bool> condition, string what, TimeSpan? within = null)
        => Loop.Until(() => Log.Errors.Count > 0 ? throw new InvalidOperationException(Log.Errors[0]) : Server.Talks.Append(Running!).FirstOrDefault(task => task.IsFaulted) is { } broken ? throw broken.Exception! : condition(), what, within);

    /// <summary>Until the server has heard that these run.</summary>
    public void UntilRunning(params string[] uuids)
        => Until(() => uuids.All(uuid => Server.Seen.GetValueOrDefault(uuid) is { State: SeenState.Running } seen && seen.Generation >= Server.Wanted[uuid].Generation), $"{string.Join(", ", uuids)} run");

    /// <summary>Until the server has heard that this one is in this state under its newest generation.</summary>
    public void UntilSeen(string uuid, SeenState state)
        => Until(() => Server.Seen.GetValueOrDefault(uuid) is { } seen && seen.State == state && seen.Generation >= (Server.Wanted.GetValueOrDefault(uuid)?.Generation ?? 0), $"{uuid} is {state}");

    public SeenState StateOf(string uuid) => Runtime.Find(uuid)?.State ?? SeenState.Nothing;

    private sealed class Life(ILocalState disk) : ILocalState
    {
        public bool IsOver { get; set; }

        public SavedState Load() => disk.Load();

        public void Append(IReadOnlyList<StateEntry> entries)
        {
            if (!IsOver) disk.Append(entries);
        }
    }
}
