using Drover.Protocol;

namespace Drover.Agent.Instances;

/// <summary>Pulls an image once, however many containers want it at the same time. A pull ends when nobody wants it any more.</summary>
internal sealed class PullQueue(IHostRuntime runtime)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Image, RegistryAuth? Auth), Pulling> _pulls = [];

    /// <summary>Returns once the image is there. Throws <see cref="RuntimeException"/>.</summary>
    public async Task PullAsync(string image, RegistryAuth? auth, IProgress<string> progress, CancellationToken cancel)
    {
        Pulling pull;
        lock (_lock)
        {
            if (!_pulls.TryGetValue((image, auth), out pull!))
            {
                _pulls[(image, auth)] = pull = new Pulling();
                pull.Task = RunAsync(pull, image, auth);
            }

            pull.Wanted.Add(progress);
        }

        try
        {
            await pull.Task.WaitAsync(cancel);
        }
        finally
        {
            if (IsLast(pull, progress, (image, auth))) pull.Stop.Cancel();
        }
    }

    private bool IsLast(Pulling pull, IProgress<string> progress, (string Image, RegistryAuth? Auth) key)
    {
        lock (_lock)
        {
            pull.Wanted.Remove(progress);
            return pull.Wanted.Count == 0 && _pulls.GetValueOrDefault(key) == pull && _pulls.Remove(key);
        }
    }

    private async Task RunAsync(Pulling pull, string image, RegistryAuth? auth)
    {
        await Task.Yield(); // the caller holds the lock
        await runtime.PullAsync(image, auth, new Fan(this, pull), pull.Stop.Token);
    }

    private sealed class Pulling
    {
        public List<IProgress<string>> Wanted { get; } = [];
        public CancellationTokenSource Stop { get; } = new();
        public Task Task { get; set; } = Task.CompletedTask;
    }

    private sealed class Fan(PullQueue queue, Pulling pull) : IProgress<string>
    {
        public void Report(string value)
        {
            IProgress<string>[] all;
            lock (queue._lock) all = [.. pull.Wanted];
            foreach (var one in all) one.Report(value);
        }
    }
}
