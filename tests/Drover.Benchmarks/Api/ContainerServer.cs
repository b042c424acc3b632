using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Server;

namespace Drover.Benchmarks.Api;

/// <summary>A server in memory with many containers at rest.</summary>
internal static class ContainerServer
{
    public static async Task<DroverServer> StartAsync(int containers)
    {
        var server = await DroverServer.StartAsync(new ServerOptions { Listen = "http://127.0.0.1:0" });
        for (var batch = 0; batch < containers; batch += 500)
            await server.Store.WriteAsync(tx => { for (var i = batch; i < batch + 500; i++) tx.Create(Sample(i), new ContainerSeen { State = i % 2 == 0 ? "stopped" : "running", Generation = 1 }); });
        await QuietAsync(server);
        return server;
    }

    /// <summary>Waits until nothing was written for a second: the reconcilers have looked at everything.</summary>
    private static async Task QuietAsync(DroverServer server)
    {
        long before;
        do
        {
            before = server.Store.Current.Revision;
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
        while (server.Store.Current.Revision != before);
    }

    private static Container Sample(int i) => new()
    {
        Name = $"c{(i * 7919L) % 1_000_003}",
        AccountId = 5,
        Running = false,
        StackId = i / 100,
        Labels = EquatableMap.Of(("app", "bench"), ("io.rancher.container.name", $"c{i}")),
        Spec = new ContainerSpec { ImageUuid = "docker:busybox", Command = ["sleep", "1d"], Environment = EquatableMap.Of(("A", "b")), Ports = ["8080:80/tcp"] },
    };
}
