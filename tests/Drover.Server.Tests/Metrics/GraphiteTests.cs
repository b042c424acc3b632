using System.Net;
using System.Net.Sockets;
using Drover.Model.Kernel;
using Drover.Server.Metrics;
using Drover.Server.Settings;
using Drover.Store;

namespace Drover.Server.Tests.Metrics;

public sealed class GraphiteTests : IAsyncDisposable
{
    private readonly ResourceStore _store = new(Catalog.All, TimeProvider.System, Guid.NewGuid);
    private readonly GraphiteReport _report;
    private int _asked;

    public GraphiteTests() => _report = new GraphiteReport(_store, Figures, "box", TimeProvider.System);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public void A_line_is_path_value_and_seconds()
        => GraphiteLines.Of("my host.local", [("hosts", 3), ("cpu.seconds", 1.5)], DateTimeOffset.FromUnixTimeSeconds(42))
            .ShouldBe("drover.my_host_local.hosts 3 42\ndrover.my_host_local.cpu.seconds 1.5 42\n");

    [Fact]
    public async Task Where_no_host_is_named_nothing_is_sent_or_gathered()
    {
        await _report.RunAsync(TestContext.Current.CancellationToken);

        _asked.ShouldBe(0);
    }

    [Fact]
    public async Task The_figures_reach_the_host_that_the_settings_name()
    {
        using var graphite = new TcpListener(IPAddress.Loopback, 0);
        graphite.Start();
        await SetAsync(((IPEndPoint)graphite.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture));

        await _report.RunAsync(TestContext.Current.CancellationToken);

        using var client = await graphite.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldStartWith("drover.box.hosts 3 ");
    }

    [Fact]
    public async Task A_port_that_is_none_is_told_as_the_fault_of_the_run()
    {
        await SetAsync("70000");

        (await Should.ThrowAsync<InvalidOperationException>(() => _report.RunAsync(TestContext.Current.CancellationToken))).Message.ShouldContain("graphite.port");
    }

    private IReadOnlyList<(string Path, double Value)> Figures()
    {
        _asked++;
        return [("hosts", 3)];
    }

    private Task SetAsync(string port) => _store.WriteAsync(tx =>
    {
        SettingsTable.Set(tx, "graphite.host", "127.0.0.1");
        SettingsTable.Set(tx, "graphite.port", port);
    });
}
