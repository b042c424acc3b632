using System.Net;
using Drover.Agent.Docker.Engine;

namespace Drover.Agent.Docker.Tests.Engine;

/// <summary>Failures of the connection and answers that no real engine gives.</summary>
public sealed class EngineConnectionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_absent_socket_is_unreachable()
    {
        using var engine = new EngineClient("/tmp/no-engine-here/s", TimeProvider.System);

        var failure = await Should.ThrowAsync<EngineException>(() => engine.Containers.ListAsync(cancellation: Cancellation));

        failure.Fault.ShouldBe(EngineFault.Unreachable);
        failure.IsConnectionLost.ShouldBeTrue();
        failure.Status.ShouldBeNull();
        failure.Message.ShouldStartWith("The Docker Engine cannot be reached");
    }

    [Fact]
    public async Task A_daemon_that_is_going_down_is_asked_nothing_over_connections_it_still_serves()
    {
        await using var fake = new FakeEngine("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]") { KeepsConnections = true };
        using var engine = new EngineClient(fake.SocketPath, TimeProvider.System);
        await engine.Containers.ListAsync(cancellation: Cancellation);

        fake.StopListening();
        var failure = await Should.ThrowAsync<EngineException>(() => engine.Containers.ListAsync(cancellation: Cancellation));

        failure.Fault.ShouldBe(EngineFault.Unreachable);
        fake.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_that_breaks_within_the_answer_is_interrupted()
    {
        await using var fake = new FakeEngine("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n[{\"Id\":\"a\"");
        using var engine = new EngineClient(fake.SocketPath, TimeProvider.System);

        var failure = await Should.ThrowAsync<EngineException>(() => engine.Containers.ListAsync(cancellation: Cancellation));

        failure.Fault.ShouldBe(EngineFault.Interrupted);
        failure.IsConnectionLost.ShouldBeTrue();
    }

    [Fact]
    public async Task A_daemon_that_keeps_silent_is_given_up_on_at_the_deadline()
    {
        await using var fake = new FakeEngine(FakeEngine.Silence);
        using var engine = new EngineClient(fake.SocketPath, new ImpatientTime());

        var failure = await Should.ThrowAsync<EngineException>(() => engine.Containers.InspectAsync("some", cancellation: Cancellation));

        failure.Fault.ShouldBe(EngineFault.Interrupted);
        failure.Message.ShouldContain("gave no answer to GET /containers/some/json in 120 s");
    }

    [Fact]
    public async Task Cancellation_by_the_caller_stays_a_cancellation()
    {
        await using var fake = new FakeEngine(FakeEngine.Silence);
        using var engine = new EngineClient(fake.SocketPath, TimeProvider.System);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var asking = engine.Containers.ListAsync(cancellation: source.Token);
        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asking);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("null")]
    [InlineData("{\"Id\":5}")]
    [InlineData("[{\"Names\":[\"/a\"]}]")]
    public async Task An_answer_that_is_not_the_api_is_a_failure(string body)
    {
        await using var fake = new FakeEngine(FakeEngine.Ok(body));
        using var engine = new EngineClient(fake.SocketPath, TimeProvider.System);

        var failure = await Should.ThrowAsync<EngineException>(() => engine.Containers.ListAsync(cancellation: Cancellation));

        failure.Fault.ShouldBe(EngineFault.Failed);
        failure.Message.ShouldContain("is not the Engine API's");
    }

    [Theory]
    [InlineData(500, "{\"message\":\"driver failed\"}", EngineFault.Failed, "driver failed")]
    [InlineData(409, "{\"message\":\"in use\"}", EngineFault.Conflict, "in use")]
    [InlineData(418, "plain words\n", EngineFault.BadRequest, "plain words")]
    [InlineData(502, "", EngineFault.Failed, "HTTP 502")]
    public async Task A_refusal_carries_status_and_words(int status, string body, EngineFault fault, string message)
    {
        await using var fake = new FakeEngine(FakeEngine.Refusal(status, body));
        using var engine = new EngineClient(fake.SocketPath, TimeProvider.System);

        var failure = await Should.ThrowAsync<EngineException>(() => engine.Containers.StartAsync("some", Cancellation));

        failure.Fault.ShouldBe(fault);
        failure.Status.ShouldBe((HttpStatusCode)status);
        failure.Message.ShouldBe(message);
    }

    [Theory]
    [InlineData("1.41", "/v1.41/")]
    [InlineData("1.44", "/v1.44/")]
    [InlineData("1.51", "/v1.48/")]
    public async Task The_older_of_both_versions_is_spoken(string offered, string prefix)
    {
        await using var fake = new FakeEngine(FakeEngine.Ok("[]"), offered);
        using var engine = new EngineClient(fake.SocketPath, TimeProvider.System);

        await engine.Containers.ListAsync(cancellation: Cancellation);

        fake.Requests.ShouldHaveSingleItem().ShouldStartWith($"GET {prefix}containers/json");
    }

    [Theory]
    [InlineData("1.40", "needs 1.41")]
    [InlineData("nonsense", "No Docker Engine answers here")]
    public async Task An_engine_too_old_or_none_at_all_is_told_plainly(string offered, string words)
    {
        await using var fake = new FakeEngine(FakeEngine.Ok("[]"), offered);
        using var engine = new EngineClient(fake.SocketPath, TimeProvider.System);

        var failure = await Should.ThrowAsync<EngineException>(() => engine.Containers.ListAsync(cancellation: Cancellation));

        failure.Fault.ShouldBe(EngineFault.Failed);
        failure.Message.ShouldContain(words);
        fake.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_never_leads_to_another_operation()
    {
        await using var fake = new FakeEngine(FakeEngine.Ok("{}"));
        using var engine = new EngineClient(fake.SocketPath, TimeProvider.System);

        foreach (var name in (string[])["../images", "a/../../b", "", "a//b", ".", "a b", "a\nb", "a\0", "\\..\\b"])
        {
            var failure = await Should.ThrowAsync<EngineException>(() => engine.Images.InspectAsync(name, Cancellation), name);
            failure.Fault.ShouldBe(EngineFault.BadRequest);
        }

        fake.Requests.ShouldBeEmpty();
    }

    /// <summary>A clock on which every time limit has passed at once, but for the ping's.</summary>
    private sealed class ImpatientTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == TimeSpan.FromMinutes(2) ? TimeSpan.Zero : dueTime, period);
    }
}
