using Drover.Agent.Instances;
using Drover.Protocol;

namespace Drover.Agent.Streams;

/// <summary>Pulls images that the server asks for by name (REG-12), together with containers that want the same one.</summary>
internal sealed class OrderedPulls(IHostRuntime runtime, PullQueue queue)
{
    /// <summary>Returns 0 once the image is as the order wants it. Throws <see cref="RuntimeException"/>.</summary>
    public async Task<long?> RunAsync(PullOrder order, IStreamLink link, CancellationToken cancel)
    {
        await link.OpenedAsync(cancel);
        var image = ImageName.Of(order.Image);
        if (!order.CachedOnly || await runtime.HasImageAsync(image, cancel)) await queue.PullAsync(image, order.RegistryAuth, new Unheard(), cancel);
        return 0;
    }

    /// <summary>Stands for this order in the queue, which tells its orders apart.</summary>
    private sealed class Unheard : IProgress<string>
    {
        public void Report(string value)
        {
        }
    }
}
