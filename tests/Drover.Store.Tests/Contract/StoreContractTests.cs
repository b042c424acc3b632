using System.Text;
using Drover.Model.Containers;
using Drover.Model.Credentials;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.ServiceLogs;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Store.Codec;
using Drover.Store.Journal;
using Drover.Store.Journal.Sqlite;
using Drover.Testing;

namespace Drover.Store.Tests.Contract;

/// <summary>What is stored is a contract with every data folder out there: contracts/store pins it, and a folder of each version is kept.</summary>
public sealed class StoreContractTests
{
    private static readonly DateTimeOffset Start = new ManualTime().GetUtcNow();

    public static TheoryData<string> Versions => [.. Directory.GetDirectories(KeptFolder.Home).Select(folder => Path.GetFileName(folder)!)];

    [Fact]
    public void The_stored_records_are_the_pinned_ones()
    {
        var text = new StringBuilder($"Store format {SqliteSchema.Format}: what is stored of each record, and how it is written.\n");
        foreach (var kind in Catalog.All.Kinds.Where(kind => !kind.Declared.IsView)) text.Append($"\nkind {kind.Name} in {kind.Family}: {RecordShape.NameOf(kind.ClrType)}, {RecordShape.NameOf(kind.SeenType)}");
        text.Append('\n');
        foreach (var shape in RecordShape.All(Catalog.All))
            text.Append($"\n{shape.Name}\n").AppendJoin("", shape.Members.Select(member => $"  {member.Name}: {member.Type}{(member.Secret ? ", secret" : "")}\n"));

        Repository.ShouldMatch(
            text.ToString(),
            $"""
            A field that came is read as its initial value from older folders: refresh with {Repository.Refresh} and review the diff.
            A field that went, was renamed or changed its type loses what older folders hold of it: also say so in contracts/store/lost.txt,
            a line "record/field type: why" each. What cannot be read any more at all needs a new SqliteSchema.Format and a kept folder of the old one.
            """,
            "contracts", "store", $"v{SqliteSchema.Format}.txt");
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Nothing_that_an_older_folder_holds_is_lost_without_a_word(string version)
    {
        var lost = (await File.ReadAllLinesAsync(Repository.Path("contracts", "store", "lost.txt"), TestContext.Current.CancellationToken))
            .Where(line => line.Contains(": ", StringComparison.Ordinal)).Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)]);
        var declared = RecordShape.All(Catalog.All).SelectMany(shape => shape.Members.Select(member => $"{shape.Name}/{member.Name} {member.Type}"));
        var folder = KeptFolder.CopyOf(version);
        await using (var journal = new SqliteJournal(folder))
        {
            var stored = journal.Open().Names.Where(name => name.Record is not ("" or "families")).Select(name => $"{name.Record}/{name.Member} {name.Type}");

            stored.Except(declared).Except(lost).ShouldBeEmpty("fields that went need a line in contracts/store/lost.txt");
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_folder_of_every_format_version_opens(string version)
    {
        var folder = KeptFolder.CopyOf(version);
        await using (var store = await KeptFolder.OpenAsync(folder, new ManualTime()))
        {
            CheckLive(store.Current);
            await CheckTablesAsync(store);
            (await store.WriteAsync(tx => tx.Create(new Host()).Id, TestContext.Current.CancellationToken)).ShouldBe(3);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_kept_folder_stands_here_for_the_version_that_is_written_now()
        => Directory.Exists(Path.Combine(KeptFolder.Home, $"v{SqliteSchema.Format}")).ShouldBeTrue("make it with KeptFolder.MakeAsync when the format changes, and never touch it again");

    [Fact]
    public async Task A_folder_made_today_reads_like_the_kept_ones()
    {
        var folder = Directory.CreateTempSubdirectory("drover-made-").FullName;
        await KeptFolder.MakeAsync(folder);
        if (Repository.Writes && !Directory.Exists(Path.Combine(KeptFolder.Home, $"v{SqliteSchema.Format}")))
            Directory.Move(KeptCopy(folder), Path.Combine(KeptFolder.Home, $"v{SqliteSchema.Format}"));
        await using (var store = await KeptFolder.OpenAsync(folder, new ManualTime()))
        {
            CheckLive(store.Current);
            await CheckTablesAsync(store);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_bytes_of_an_object_are_the_pinned_ones()
    {
        var folder = KeptFolder.CopyOf("v1");
        IReadOnlyList<StoredName> names;
        await using (var journal = new SqliteJournal(folder)) names = journal.Open().Names;
        Directory.Delete(folder, recursive: true);
        var codec = new StoreCodec(Catalog.All, names);
        var kind = Catalog.All.Of<Container>();
        var entry = new Entry(
            kind,
            new Container { Id = 300, Name = "a", HostId = 7, Labels = EquatableMap.Of(("k", "v")), StartOnCreate = false, Spec = new ContainerSpec { ImageUuid = "docker:b", Ports = ["80:80"] } },
            new ContainerSeen { State = "running", Generation = 1, FirstRunning = Start },
            12, 13);

        Repository.ShouldMatch(Convert.ToHexString(codec.Record(entry, Start, new ByteWriter()).Payload.Span) + "\n", "the codec writes other bytes for the same object: that needs a new format version", "contracts", "store", "v1-container.hex");
        codec.Read(codec.Record(entry, Start, new ByteWriter())).ShouldBe(entry);
    }

    private static void CheckLive(Snapshot snapshot)
    {
        snapshot.Revision.ShouldBe(3);
        var stack = snapshot.All<Stack>().ShouldHaveSingleItem();
        (stack.Wanted.Name, stack.Wanted.Description, stack.State, ((StackSeen)stack.Seen).HealthState).ShouldBe(("web", "ünïcode ✓", "active", "healthy"));
        var service = snapshot.Find<Service>(1)!;
        (service.WantedRevision, service.SeenRevision, service.State).ShouldBe((3, 1, "updating-active"));
        var wanted = (Service)service.Wanted;
        (wanted.Scale, wanted.Links["db"], wanted.Metadata!.Text, wanted.LaunchConfig!.StartOnCreate, wanted.LaunchConfig.Labels["role"]).ShouldBe((2, 9, """{"tier":1}""", false, "web"));
        snapshot.By<Container>("serviceId", 1L).Select(entry => entry.Id).ShouldBe([1, 3]);
        var container = snapshot.Get<Container>(1)!;
        (container.Name, container.CreateIndex, container.Spec.NetworkMode, container.Spec.Privileged, container.Spec.RestartPolicy!.MaximumRetryCount).ShouldBe(("web-nginx-1", 1, null, true, 3));
        container.Spec.Command.ShouldBe(["nginx", "-g", "daemon off;"]);
        container.Spec.Environment["EMPTY"].ShouldBe("");
        var seen = (ContainerSeen)snapshot.Find<Container>(3)!.Seen;
        (seen.State, seen.Why!.Reason, seen.Why.Since, seen.Why.NextTry).ShouldBe(("stopping", "waits for the host", Start.AddHours(1), Start.AddHours(1).AddMinutes(1)));
        ((HostSeen)snapshot.Find<Host>(1)!.Seen).Info!.Text.ShouldBe("""{"cpu":2}""");
        snapshot.By<ApiKey>("publicValue", "public").ShouldHaveSingleItem();
    }

    private static async Task CheckTablesAsync(ResourceStore store)
    {
        (await store.FindRemovedAsync("stack", 2))!.Wanted.Name.ShouldBe("gone");
        ((ContainerSeen)(await store.FindRemovedAsync("instance", 2))!.Seen).StartCount.ShouldBe(2);
        var logs = await store.QueryHistoryAsync(Catalog.All.Of<ServiceLog>(), "serviceId", 1L);
        logs.Select(log => ((ServiceLog)log.Wanted).EventType).ShouldBe(["service.update", "service.create"]);
        (await store.ReadHistoryAsync("service", 1)).Select(step => (string)step["change"]!).ShouldBe(["created", "changed"]);
    }

    private static string KeptCopy(string folder)
    {
        var copy = Path.Combine(KeptFolder.Home, "new");
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(folder)) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }
}
