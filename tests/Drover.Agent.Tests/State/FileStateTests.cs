using Drover.Agent.Instances;
using Drover.Agent.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace Drover.Agent.Tests.State;

/// <summary>The agent's state in a real folder.</summary>
public sealed class FileStateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drover-state-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_appended_is_there_in_the_next_life()
    {
        var memory = new InstanceMemory { EngineId = "e-1", Generation = 3 };
        using (var first = new FileState(_folder, NullLogger.Instance))
        {
            first.Load();
            first.Append([new StateEntry.Remembered("u-1", memory)]);
        }

        using var second = new FileState(_folder, NullLogger.Instance);

        second.Load().Memories["u-1"].ShouldBe(memory);
    }
}
