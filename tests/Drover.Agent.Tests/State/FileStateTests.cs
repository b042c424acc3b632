using Drover.Agent.Instances;
using Drover.Agent.State;
using Drover.Agent.Tests.Harness;
using Drover.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Drover.Agent.Tests.State;

public sealed class FileStateTests : TempFolder
{
    private static readonly StateEntry Told = new StateEntry.Told(new Assignments(1, true, [Wanted.OfService("web") with { RegistryAuth = new RegistryAuth("r", "ann", "s3cret") }]));
    private static readonly StateEntry More = new StateEntry.Told(new Assignments(2, false, [Wanted.OfService("api")]));
    private static readonly StateEntry Remembered = new StateEntry.Remembered("web", new InstanceMemory { EngineId = "e1", Generation = 4, StoppedByHand = true, EndedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) });

    private string File => Path.Combine(Folder, "state.jsonl");

    [Fact]
    public void A_fresh_folder_holds_nothing()
    {
        using var state = Open();
        state.Load().ToEntries().ShouldBe(SavedState.Empty.ToEntries());
    }

    [Fact]
    public void What_was_appended_is_there_in_the_next_life()
    {
        Write(Told, More, Remembered);

        var loaded = Load();

        loaded.Assigned.Containers.Keys.Order().ShouldBe(["api", "web"]);
        loaded.Assigned.Containers["web"].RegistryAuth!.Password.ShouldBe("s3cret");
        loaded.Memories["web"].ShouldBe(((StateEntry.Remembered)Remembered).Memory);
    }

    [Fact]
    public void What_was_forgotten_is_gone_in_the_next_life()
    {
        Write(Told, Remembered, new StateEntry.Told(new Assignments(2, false, RemovedContainers: ["web"], RemovedVolumes: ["data"])), new StateEntry.Remembered("web", null), new StateEntry.Left("web"), new StateEntry.Left(Volume: "data"));

        var loaded = Load();
        loaded.Assigned.Containers.ShouldBeEmpty();
        loaded.Assigned.LeavingVolumes.ShouldBeEmpty();
        loaded.Memories.ShouldBeEmpty();
    }

    [Fact]
    public void It_holds_secrets_and_is_its_owners_alone()
    {
        Write(Told);

        System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Theory]
    [InlineData("{\"type\":\"told\",\"mess")]
    [InlineData("{\"type\":\"nonsense\"}\n")]
    [InlineData("null\n")]
    [InlineData("\0\0\0\0")]
    public void A_line_cut_short_by_a_power_cut_costs_that_line_alone(string rest)
    {
        Write(Told, More);
        System.IO.File.AppendAllText(File, rest);

        Load().Assigned.Containers.Count.ShouldBe(2);
        Load().Assigned.Containers.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("rubbish")]
    [InlineData("{\"format\":\"drover-agent-state\",\"version\":99}\n")]
    [InlineData("{\"format\":\"drover-agent-state\",\"version\":1}\nrubbish\n")]
    public void A_file_that_cannot_be_read_is_put_aside_and_holds_up_nothing(string content)
    {
        System.IO.File.WriteAllText(File, content);

        Load().Assigned.Containers.ShouldBeEmpty();

        System.IO.File.ReadAllText(File + ".unreadable").ShouldBe(content);
        Write(Told);
        Load().Assigned.Containers.Count.ShouldBe(1);
    }

    [Fact]
    public void It_is_written_anew_before_it_grows_without_end()
    {
        using (var state = Open())
        {
            state.Load();
            for (var n = 1; n <= 200; n++) state.Append([new StateEntry.Remembered("web", new InstanceMemory { EngineId = new string('e', 20_000), Generation = n })]);
        }

        new FileInfo(File).Length.ShouldBeLessThan(1_300_000);
        Load().Memories["web"].Generation.ShouldBe(200);
    }

    [Fact]
    public void Another_servers_state_is_put_aside()
    {
        Write(Told);

        FileState.PutAside(Folder);

        Load().Assigned.Containers.ShouldBeEmpty();
        System.IO.File.Exists(File + ".before").ShouldBeTrue();
    }

    private FileState Open() => new(Folder, NullLogger.Instance);

    private void Write(params StateEntry[] entries)
    {
        using var state = Open();
        state.Load();
        foreach (var entry in entries) state.Append([entry]);
    }

    private SavedState Load()
    {
        using var state = Open();
        return state.Load();
    }
}
