using Drover.Agent.Instances;
using Drover.Protocol;
using Drover.Simulator.Hosts;
using Drover.Simulator.Time;

namespace Drover.Agent.Tests.Instances;

public sealed class PullQueueTests
{
    private static readonly RegistryAuth Ann = new("r:5000", "ann", "s3cret");
    private readonly SimLoop _loop = new(new SimClock()) { Strict = true };
    private readonly FakeRuntime _runtime;
    private readonly PullQueue _queue;
    private readonly List<string> _calls = [];

    public PullQueueTests()
    {
        _runtime = new FakeRuntime(new FakeBehaviour { Default = new ImageBehaviour { PullTime = TimeSpan.FromSeconds(10) } }, _loop.Clock, "h") { OnCall = (word, what) => _calls.Add($"{word} {what}") };
        _queue = new PullQueue(_runtime);
    }

    [Fact]
    public void Whoever_wants_the_same_image_with_the_same_credentials_shares_one_pull_and_hears_of_it()
    {
        var (one, other) = (new Heard(), new Heard());
        var pulls = new[] { Pull("a:1", Ann, one), Pull("a:1", Ann with { }, other) };

        _loop.Until(() => pulls.All(pull => pull.IsCompletedSuccessfully), "Both are done");

        _calls.ShouldBe(["pull a:1"]);
        one.Said.ShouldBe(["Pulling a:1"]);
        other.Said.ShouldBe(["Pulling a:1"]);
    }

    [Fact]
    public void Other_credentials_are_another_pull()
    {
        _runtime.Behaviour = new FakeBehaviour { Default = new ImageBehaviour { Password = "s3cret" } };
        var (good, bad) = (Pull("a:1", Ann), Pull("a:1", Ann with { Password = "guess" }));

        _loop.Until(() => good.IsCompleted && bad.IsCompleted, "Both are done");

        good.IsCompletedSuccessfully.ShouldBeTrue();
        bad.Exception!.InnerException.ShouldBeOfType<RuntimeException>().Failure.ShouldBe(RuntimeFailure.Unauthorized);
    }

    [Fact]
    public void One_who_gives_up_leaves_the_pull_to_the_others()
    {
        using var stop = new CancellationTokenSource();
        var (leaving, staying) = (Pull("a:1", null, stop: stop), Pull("a:1", null));
        _loop.For(TimeSpan.FromSeconds(1));

        _loop.Start<object?>(() => Cancel(stop));
        _loop.Until(() => leaving.IsCanceled, "One has left");
        _loop.Until(() => staying.IsCompletedSuccessfully, "The other is done");

        _calls.ShouldBe(["pull a:1"]);
    }

    [Fact]
    public void When_the_last_one_gives_up_the_pull_ends_and_the_next_one_begins_anew()
    {
        using var stop = new CancellationTokenSource();
        var leaving = Pull("a:1", null, stop: stop);
        _loop.For(TimeSpan.FromSeconds(1));
        _loop.Start<object?>(() => Cancel(stop));
        _loop.Until(() => leaving.IsCanceled, "It has left");

        var next = Pull("a:1", null);
        _loop.Until(() => next.IsCompletedSuccessfully, "The next is done");

        _calls.ShouldBe(["pull a:1", "pull a:1"]);
    }

    private Task Pull(string image, RegistryAuth? auth, Heard? heard = null, CancellationTokenSource? stop = null)
        => _loop.Start(() => _queue.PullAsync(image, auth, heard ?? new Heard(), stop?.Token ?? TestContext.Current.CancellationToken));

    private static object? Cancel(CancellationTokenSource stop)
    {
        stop.Cancel();
        return null;
    }

    private sealed class Heard : IProgress<string>
    {
        public List<string> Said { get; } = [];

        public void Report(string value) => Said.Add(value);
    }
}
