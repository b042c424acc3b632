using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Drover.Server.Periodic;
using Drover.Server.Settings;
using Drover.Store;

namespace Drover.Server.Metrics;

/// <summary>Sends the server's figures to Graphite where the setting `graphite.host` names one (OPS-13). Nothing waits for it.</summary>
/// <param name="store">Holds the settings.</param>
/// <param name="figures">Gathers the figures.</param>
/// <param name="server">Name of the machine.</param>
/// <param name="time">Stamps the figures and ends a try that takes too long.</param>
public sealed class GraphiteReport(ResourceStore store, Func<IReadOnlyList<(string Path, double Value)>> figures, string server, TimeProvider time) : IPeriodicWork
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public string Name => "graphite.report";

    public TimeSpan Every => TimeSpan.FromSeconds(15);

    public async Task RunAsync(CancellationToken cancel)
    {
        if (SettingsTable.Value(store.Current, "graphite.host") is not { Length: > 0 } host) return;
        if (!ushort.TryParse(SettingsTable.Value(store.Current, "graphite.port"), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
            throw new InvalidOperationException("graphite.port is no port");
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        using var client = new TcpClient();
        await client.ConnectAsync(host, port, either.Token);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(GraphiteLines.Of(server, figures(), time.GetUtcNow())), either.Token);
    }
}
