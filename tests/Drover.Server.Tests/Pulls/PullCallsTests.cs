using Drover.Protocol;
using Drover.Server.Hosts;
using Drover.Server.Pulls;
using Drover.Server.Streams;
using Drover.Testing;

namespace Drover.Server.Tests.Pulls;

public sealed class PullCallsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task So_many_hosts_pull_at_once_and_the_next_has_its_turn_when_one_is_done()
    {
        var time = new ManualTime();
        var sessions = new AgentSessions(time);
        using var calls = new PullCalls(sessions, new StreamBroker(sessions, IdSource.System, time), time);
        var hosts = Enumerable.Range(1, PullCalls.MostAtOnce + 1).Select(id => (long)id).ToList();
        var asked = hosts.ToDictionary(id => id, id => sessions.Open(id, StreamPurpose.Pull).Messages.WaitToReadAsync(Cancel).AsTask());

        calls.Keep(1, hosts, new PullOrder("nginx:1"));
        var first = new List<Task>();
        await foreach (var one in Task.WhenEach(asked.Values).WithCancellation(Cancel))
        {
            first.Add(one);
            if (first.Count == PullCalls.MostAtOnce) break;
        }

        var waiting = asked.Single(host => !first.Contains(host.Value)).Key;
        asked[waiting].IsCompleted.ShouldBeFalse();
        calls.Forget(1, except: [.. hosts.Where(id => id != hosts.First(other => other != waiting))]);

        await asked[waiting].WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }
}
