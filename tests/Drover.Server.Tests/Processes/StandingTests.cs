using Drover.Model.Containers;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Server.Processes;
using Drover.Store;

namespace Drover.Server.Tests.Processes;

public sealed class StandingTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(60);

    private readonly ResourceStore _store = new(Catalog.All, TimeProvider.System, Guid.NewGuid);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public void What_waits_for_its_next_try_is_delayed_until_that_time_has_come()
    {
        Of(new Service(), new ServiceSeen { Why = new Why("w", Now, Now.AddSeconds(1)) }).ShouldBe(ProcessStanding.Delayed);
        Of(new Service(), new ServiceSeen { Why = new Why("w", Now, Now) }).ShouldBe(ProcessStanding.Running);
    }

    [Fact]
    public void A_container_without_a_host_runs_while_one_is_looked_for_and_is_ready_where_none_was_found()
    {
        Of(new Container(), new ContainerSeen()).ShouldBe(ProcessStanding.Running);
        Of(new Container(), new ContainerSeen { Why = new Why("Scheduling failed: no host", Now, null) }).ShouldBe(ProcessStanding.Ready);
    }

    [Theory]
    [InlineData("active", ProcessStanding.Running)]
    [InlineData("disconnected", ProcessStanding.Ready)]
    public async Task A_container_waits_for_its_host(string agent, ProcessStanding standing)
    {
        var host = await _store.WriteAsync(tx => tx.Create(new Host(), new HostSeen { AgentState = agent }), TestContext.Current.CancellationToken);

        Of(new Container { HostId = host.Id }, new ContainerSeen { Why = new Why("w", Now, null) }).ShouldBe(standing);
    }

    private ProcessStanding Of(Resource wanted, Seen seen) => Standing.Of(_store.Current, new Entry(Catalog.All.Of(wanted), wanted, seen, 0, 0), Now);
}
