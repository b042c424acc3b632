using Drover.Server.Hosts;
using Drover.Testing;

namespace Drover.Server.Tests.Hosts;

public sealed class AgentSessionsTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void The_newest_session_wins_and_has_the_higher_number()
    {
        var sessions = new AgentSessions(_time);
        using var first = sessions.Open(1);
        using var second = sessions.Open(1);

        first.Superseded.IsCancellationRequested.ShouldBeTrue();
        second.Superseded.IsCancellationRequested.ShouldBeFalse();
        second.Number.ShouldBeGreaterThan(first.Number);
    }

    [Fact]
    public void Numbers_rise_over_restarts_of_the_server()
    {
        using var before = new AgentSessions(_time).Open(1);
        _time.Advance(TimeSpan.FromSeconds(1));
        using var after = new AgentSessions(_time).Open(1);

        after.Number.ShouldBeGreaterThan(before.Number);
    }

    [Fact]
    public void A_host_is_heard_of_by_its_newest_session_alone()
    {
        var sessions = new AgentSessions(_time);
        using var old = sessions.Open(1);
        using var now = sessions.Open(1);
        var opened = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromSeconds(9));

        old.Heard();
        sessions.LastHeard(1).ShouldBe(opened);
        now.Heard();
        sessions.LastHeard(1).ShouldBe(opened.AddSeconds(9));
    }

    [Fact]
    public void Whom_nobody_heard_counts_from_the_servers_start()
    {
        var sessions = new AgentSessions(_time);
        _time.Advance(TimeSpan.FromMinutes(1));

        sessions.LastHeard(7).ShouldBe(sessions.Started);
        sessions.IsOpen(7).ShouldBeFalse();
    }

    [Fact]
    public void Beginnings_and_ends_are_told()
    {
        var sessions = new AgentSessions(_time);
        var told = new List<long>();
        sessions.Changed += told.Add;

        sessions.Open(3).Dispose();

        told.ShouldBe([3, 3]);
        sessions.IsOpen(3).ShouldBeFalse();
    }

    [Fact]
    public void The_end_of_a_superseded_session_does_not_end_the_newer_one()
    {
        var sessions = new AgentSessions(_time);
        var old = sessions.Open(1);
        using var now = sessions.Open(1);

        old.Dispose();

        sessions.IsOpen(1).ShouldBeTrue();
        sessions.Close(1);
        now.Superseded.IsCancellationRequested.ShouldBeTrue();
    }
}
