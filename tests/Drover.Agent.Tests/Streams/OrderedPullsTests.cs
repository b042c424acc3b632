using System.IO.Pipelines;
using System.Threading.Channels;
using Drover.Agent.Instances;
using Drover.Agent.Streams;
using Drover.Protocol;
using Drover.Simulator.Hosts;
using Drover.Simulator.Time;

namespace Drover.Agent.Tests.Streams;

public sealed class OrderedPullsTests
{
    private static readonly RegistryAuth Ann = new("r:5000", "ann", "s3cret");

    private readonly SimLoop _loop = new(new SimClock()) { Strict = true };
    private readonly List<string> _calls = [];
    private readonly FakeRuntime _runtime;
    private readonly PullQueue _queue;
    private readonly OrderedPulls _pulls;

    public OrderedPullsTests()
    {
        _runtime = new FakeRuntime(new FakeBehaviour { Default = new ImageBehaviour { PullTime = TimeSpan.FromSeconds(10) } }, _loop.Clock, "h") { OnCall = (word, what) => _calls.Add($"{word} {what}") };
        _queue = new PullQueue(_runtime);
        _pulls = new OrderedPulls(_runtime, _queue);
    }

    [Fact]
    public void An_ordered_image_is_on_the_host_at_the_end()
    {
        Run(new PullOrder("docker:a:1")).ShouldBe(0);

        _calls.ShouldBe(["pull a:1"]);
        _loop.Finish(() => _runtime.HasImageAsync("a:1", TestContext.Current.CancellationToken)).ShouldBeTrue();
    }

    [Fact]
    public void A_host_that_does_not_have_it_leaves_it_where_only_those_that_do_shall_pull()
    {
        Run(new PullOrder("a:1", CachedOnly: true)).ShouldBe(0);
        _calls.ShouldBeEmpty();

        Run(new PullOrder("a:1")).ShouldBe(0);
        Run(new PullOrder("a:1", CachedOnly: true)).ShouldBe(0);
        _calls.ShouldBe(["pull a:1", "pull a:1"]);
    }

    [Fact]
    public void It_signs_in_and_says_in_the_engines_words_what_went_wrong()
    {
        _runtime.Behaviour = new FakeBehaviour { Default = new ImageBehaviour { Password = "s3cret" } };

        Run(new PullOrder("a:1", RegistryAuth: Ann)).ShouldBe(0);
        Should.Throw<RuntimeException>(() => Run(new PullOrder("a:1"))).Message.ShouldBe("pull access denied for a:1");
    }

    [Fact]
    public void A_container_that_wants_the_same_image_shares_the_pull()
    {
        var container = _loop.Start(() => _queue.PullAsync("a:1", null, new Progress<string>(), TestContext.Current.CancellationToken));

        Run(new PullOrder("a:1")).ShouldBe(0);

        container.IsCompletedSuccessfully.ShouldBeTrue();
        _calls.ShouldBe(["pull a:1"]);
    }

    private long? Run(PullOrder order) => _loop.Finish(() => _pulls.RunAsync(order, new SilentLink(), TestContext.Current.CancellationToken));

    /// <summary>A stream on which nobody says or hears anything.</summary>
    private sealed class SilentLink : IStreamLink
    {
        public PipeReader Input { get; } = new Pipe().Reader;

        public ChannelReader<StreamNote> Notes { get; } = Channel.CreateUnbounded<StreamNote>().Reader;

        public Task OpenedAsync(CancellationToken cancel) => Task.CompletedTask;

        public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel) => Task.CompletedTask;

        public Task TellAsync(StreamNote note, CancellationToken cancel) => Task.CompletedTask;
    }
}
