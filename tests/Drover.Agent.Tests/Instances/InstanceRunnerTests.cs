using Drover.Agent.Assigned;
using Drover.Agent.Hooks;
using Drover.Agent.Instances;
using Drover.Agent.Tests.Harness;
using Drover.Model.Kernel;
using Drover.Protocol;
using Drover.Simulator.Hosts;

namespace Drover.Agent.Tests.Instances;

public sealed class InstanceRunnerTests
{
    private static readonly Dictionary<string, string> Nobody = [];
    private readonly List<string> _calls = [];
    private readonly FakeRuntime _runtime;
    private readonly InstanceRunner _runner;

    public InstanceRunnerTests()
    {
        var quick = new FakeBehaviour { CreateTime = TimeSpan.Zero, StartTime = TimeSpan.Zero, StopTime = TimeSpan.Zero, Default = new ImageBehaviour { PullTime = TimeSpan.FromMilliseconds(1) } };
        _runtime = new FakeRuntime(quick, TimeProvider.System, "h") { OnCall = (word, what) => _calls.Add($"{word} {what}") };
        _runner = new InstanceRunner(_runtime, new PullQueue(_runtime), []);
    }

    [Fact]
    public async Task What_a_dead_agent_had_created_already_is_taken_up()
    {
        await RunAsync(new Step.Pull("nginx:1"));
        var first = await RunAsync(new Step.Create());

        var second = await RunAsync(new Step.Create());

        second.Failure.ShouldBeNull();
        second.Engine!.EngineId.ShouldBe(first.Engine!.EngineId);
        _calls.Count(call => call.StartsWith("create", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_name_that_somebody_else_has_taken_is_a_failure()
    {
        await RunAsync(new Step.Pull("nginx:1"));
        _runtime.RunByHand("r-web", "nginx:1");

        (await RunAsync(new Step.Create())).Failure.ShouldBe(RuntimeFailure.Conflict);
    }

    [Fact]
    public async Task An_image_that_is_there_is_not_pulled_unless_it_shall_always_be()
    {
        await RunAsync(new Step.Pull("nginx:1"));
        await RunAsync(new Step.Pull("nginx:1"));
        _calls.Count.ShouldBe(1);

        await RunAsync(new Step.Pull("nginx:1"), Wanted.OfService("web") with { Labels = EquatableMap.Of(("io.rancher.container.pull_image", "always")) });

        _calls.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_container_that_can_never_start_is_created_anew_unless_it_has_run(bool hasRun)
    {
        await RunAsync(new Step.Pull("nginx:1"));
        var old = (await RunAsync(new Step.Create())).Engine!.EngineId!;
        if (hasRun)
        {
            await RunAsync(new Step.Start(), engineId: old);
            await RunAsync(new Step.Stop(), engineId: old);
        }

        var isFirst = true;
        _runtime.OnCall = (word, _) =>
        {
            if (word != "start" || !isFirst) return;
            isFirst = false;
            throw new RuntimeException(RuntimeFailure.Stuck, $"task {old}: already exists");
        };
        var outcome = await RunAsync(new Step.Start(), engineId: old);

        outcome.Failure.ShouldBe(hasRun ? RuntimeFailure.Stuck : null);
        if (hasRun) outcome.Error.ShouldNotBeNull().ShouldSatisfyAllConditions(error => error.ShouldContain("restart the engine"), error => error.ShouldContain("already exists"));
        outcome.Engine!.State.ShouldBe(hasRun ? SeenState.Exited : SeenState.Running);
        (outcome.Engine.EngineId == old).ShouldBe(hasRun);
    }

    [Fact]
    public async Task After_a_failure_the_engine_is_looked_at()
    {
        await RunAsync(new Step.Pull("nginx:1"));
        var created = await RunAsync(new Step.Create());
        _runtime.Behaviour = new FakeBehaviour { Default = new ImageBehaviour { StartError = "no space left" } };

        var failed = await RunAsync(new Step.Start(), engineId: created.Engine!.EngineId);

        failed.ShouldSatisfyAllConditions(
            outcome => outcome.Failure.ShouldBe(RuntimeFailure.Failed),
            outcome => outcome.Error.ShouldBe("no space left"),
            outcome => outcome.Looked.ShouldBeTrue(),
            outcome => outcome.Engine!.State.ShouldBe(SeenState.Created));
    }

    [Fact]
    public async Task A_defect_in_a_hook_is_an_outcome_and_no_crash()
    {
        var runner = new InstanceRunner(_runtime, new PullQueue(_runtime), [new BrokenHook()]);

        var outcome = await runner.RunAsync(new StepOrder(new Step.Create(), Wanted.OfService("web"), null, Nobody), Scope(), new Progress<string>());

        outcome.Failure.ShouldBe(RuntimeFailure.Failed);
        outcome.Error.ShouldBe("Create: null somewhere");
        outcome.Defect.ShouldBeOfType<InvalidOperationException>();
    }

    [Fact]
    public async Task A_step_that_is_called_off_is_no_failure()
    {
        using var stop = new CancellationTokenSource();
        _runtime.Behaviour = new FakeBehaviour { Default = new ImageBehaviour { PullTime = TimeSpan.FromHours(1) } };
        var pulling = _runner.RunAsync(new StepOrder(new Step.Pull("slow:1"), Wanted.OfService("web"), null, Nobody), new HookScope(_runtime, AssignmentSet.Empty, stop.Token), new Progress<string>());

        await stop.CancelAsync();

        (await pulling).ShouldBe(new StepOutcome { Cancelled = true });
    }

    private Task<StepOutcome> RunAsync(Step step, ContainerAssignment? container = null, string? engineId = null)
        => _runner.RunAsync(new StepOrder(step, container ?? Wanted.OfService("web"), engineId, Nobody), Scope(), new Progress<string>());

    private HookScope Scope() => new(_runtime, AssignmentSet.Empty, TestContext.Current.CancellationToken);

    private sealed class BrokenHook : IInstanceHook
    {
        public ValueTask<ContainerAssignment> BeforeCreateAsync(ContainerAssignment container, HookScope scope) => throw new InvalidOperationException("null somewhere");
    }
}
