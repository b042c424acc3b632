namespace Drover.EndToEnd;

/// <summary>Somebody at the shell of a host.</summary>
internal sealed class Person(DockerHost host, TimeSpan patience)
{
    /// <summary>Runs a command; fails with everything it said unless it ends with 0.</summary>
    public async Task<string> RunAsync(params string[] command)
    {
        var ended = await TryAsync(command);
        ended.ExitCode.ShouldBe(0, $"{string.Join(' ', command)}:\n{ended.Output}\n{ended.Error}");
        return ended.Output;
    }

    public async Task<LabOutput> TryAsync(params string[] command)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(patience);
        return await host.TryExecAsync(command, limit.Token);
    }

    /// <summary>Runs a command again and again until what it says is as asked; fails with what it said last.</summary>
    public async Task<string> UntilAsync(string what, Func<string, bool> asked, params string[] command)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(patience);
        LabOutput? last = null;
        try
        {
            while (true)
            {
                last = await host.TryExecAsync(command, limit.Token);
                if (asked(last.Output)) return last.Output;
                await Task.Delay(200, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"not {what} after {patience}; {string.Join(' ', command)} said last: {last?.Output} {last?.Error}");
            throw;
        }
    }
}
