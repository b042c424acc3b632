using System.Text;
using Drover.Model.Kernel;
using Drover.Model.Stacks;
using Drover.Store;
using Drover.Store.Journal.Sqlite;

// Usage: Drover.Store.Host FOLDER WRITERS
// Writes without end until it is killed. Every line is one system call: what a reader of the pipe has, was said.
var lines = new Lines(Console.OpenStandardOutput());
await using var store = await ResourceStore.OpenAsync(
    Catalog.All, new SqliteJournal(args[0]), TimeProvider.System, Guid.NewGuid, new StoreOptions { SnapshotBytes = 20_000 });
using var subscription = store.Watch(commit =>
{
    foreach (var change in commit.Changes) lines.Say($"shown {commit.Revision} {change.Entry.Id}");
}).Subscription;
lines.Say($"open {store.Current.Revision}");
await Task.WhenAll(Enumerable.Range(0, int.Parse(args[1])).Select(writer => Task.Run(() => new Writer(store, lines, writer).RunAsync())));

/// <summary>Lines to standard output, each written at once.</summary>
internal sealed class Lines(Stream output)
{
    private readonly Lock _lock = new();

    public void Say(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        lock (_lock) output.Write(bytes);
    }
}

/// <summary>Creates, changes twice, buries, fails, and begins again; says each step once it is acknowledged.</summary>
internal sealed class Writer(ResourceStore store, Lines lines, int number)
{
    public async Task RunAsync()
    {
        var stack = new Stack();
        for (var step = 0; ; step++)
        {
            var name = $"{number}-{step}";
            switch (step % 5)
            {
                case 0:
                    stack = await store.WriteAsync(tx => tx.Create(new Stack { Name = name }));
                    break;
                case 3:
                    await store.WriteAsync(tx => tx.Bury("stack", stack.Id));
                    break;
                case 4:
                    await FailAsync(step);
                    continue;
                default:
                    stack = stack with { Name = name };
                    await store.WriteAsync(tx => tx.Put(stack));
                    break;
            }

            lines.Say($"ack {number} {step} {stack.Id}");
        }
    }

    private async Task FailAsync(int step)
    {
        var taken = 0L;
        try
        {
            await store.WriteAsync(tx =>
            {
                taken = tx.NextId("stack");
                throw new ConflictException("thrown away");
            });
        }
        catch (ConflictException)
        {
            lines.Say($"told {number} {step} {taken}");
        }
    }
}
