using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Stacks;
using Drover.Store.Codec;
using Drover.Store.Commits;
using Drover.Store.State;
using Drover.Testing;

namespace Drover.Store.Tests.Codec;

/// <summary>Rows of the journal: what is applied from them is what was committed.</summary>
public sealed class BatchCodecTests
{
    private readonly StoreCodec _codec = new(Catalog.All, []);
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Rows_applied_one_after_another_give_the_state_that_was_committed(int seed)
    {
        var random = new Random(seed);
        var written = new LiveState(Layout);
        var builder = new WriteBuilder(Catalog.All, written, new IdCounters(new Dictionary<string, long>()), 0, _time, Guid.NewGuid);
        var (read, taken) = (new LiveState(Layout), new Dictionary<string, long>());
        for (long revision = 0, batch = 0; batch < 30; batch++)
        {
            var commits = Build(builder, random, random.Next(1, 6));
            var row = Encode(commits.Commits, commits.Taken);

            var last = _codec.Batches.Apply(row, revision + 1, read, taken, new InternPool());

            last.ShouldBe(revision + commits.Commits.Count);
            revision = last;
            read.Freeze(revision).Everything().ShouldBe(builder.Newest.Everything());
        }

        taken["instance"].ShouldBeGreaterThanOrEqualTo(builder.Newest.All<Container>().Max(entry => entry.Id));
    }

    [Fact]
    public void A_row_that_ends_too_early_is_refused_wherever_it_is_cut()
    {
        var builder = new WriteBuilder(Catalog.All, new LiveState(Layout), new IdCounters(new Dictionary<string, long>()), 0, _time, Guid.NewGuid);
        var (commits, taken) = Build(builder, new Random(9), 3);
        var row = Encode(commits, taken);

        for (var length = 0; length < row.Length; length++)
        {
            var cut = row[..length];
            Should.Throw<InvalidDataException>(() => _codec.Batches.Apply(cut, 1, new LiveState(Layout), new Dictionary<string, long>(), new InternPool()));
        }
    }

    [Fact]
    public void A_change_of_an_object_that_is_not_there_is_refused()
    {
        var entry = Entry(new Stack { Id = 4, Name = "a" }, 1);
        var row = Encode([Commit(2, new PendingChange(entry, entry with { Wanted = entry.Wanted with { Name = "b" }, WantedRevision = 2 }, IsBuried: false))], []);

        Should.Throw<InvalidDataException>(() => _codec.Batches.Apply(row, 2, new LiveState(Layout), new Dictionary<string, long>(), new InternPool()))
            .Message.ShouldBe("revision 2 changes stack 4, which is not there");
    }

    [Fact]
    public void Objects_of_a_kind_that_is_declared_no_longer_are_passed_over()
    {
        var names = new NameTable([], Catalog.All.Kinds.Select(kind => (kind.Name, kind.Family)), RecordShape.All(Catalog.All)).Added;
        var old = new StoreCodec(Catalog.All, names);
        var now = new StoreCodec(Catalog.All, names.Select(name => name is { Record: "", Member: "stack" } ? name with { Member = "heap" } : name));
        var writer = new ByteWriter();
        old.Batches.Write(writer, [Commit(1, Created(new Stack { Id = 4 }), Created(new Container { Id = 5 }))], [KeyValuePair.Create("stack", 9L)]);
        var (state, taken) = (new LiveState(Layout), new Dictionary<string, long>());

        now.Batches.Apply(writer.Written, 1, state, taken, new InternPool());

        state.Freeze(1).Everything().ShouldHaveSingleItem().Id.ShouldBe(5);
        taken.ShouldHaveSingleItem().Value.ShouldBe(9);
    }

    [Fact]
    public void A_status_that_changes_takes_less_than_forty_bytes_of_journal()
    {
        var entry = Entry(new Container { Id = 100_000, Name = "web-1" }, 1);
        var after = entry with { Seen = new ContainerSeen { State = "running", Generation = 1 }, SeenRevision = 2 };

        Encode([Commit(2, new PendingChange(entry, after, IsBuried: false))], []).Length.ShouldBeLessThan(40);
    }

    [Fact]
    public void Numbers_never_go_back()
    {
        var taken = new Dictionary<string, long> { ["stack"] = 12 };
        var row = Encode([], [KeyValuePair.Create("stack", 7L), KeyValuePair.Create("instance", 3L)]);

        _codec.Batches.Apply(row, 1, new LiveState(Layout), taken, new InternPool());

        taken.ShouldBe(new Dictionary<string, long> { ["stack"] = 12, ["instance"] = 3 }, ignoreOrder: true);
    }

    [Fact]
    public void A_snapshot_s_frames_give_the_state_back()
    {
        var state = new LiveState(Layout);
        for (var i = 1; i <= 5_000; i++) state.Set(Entry(new Container { Id = i, Name = $"container-{i}", HostId = i % 7, Description = new string('d', 100) }, i));
        var snapshot = state.Freeze(5_000);
        var frames = _codec.Snapshots.Write(snapshot, [KeyValuePair.Create("instance", 5_100L)]).Select(frame => (ReadOnlyMemory<byte>)frame.ToArray()).ToArray();
        var (read, taken) = (new LiveState(Layout), new Dictionary<string, long>());

        _codec.Snapshots.Read(frames, read, taken, new InternPool());

        frames.Length.ShouldBeGreaterThan(2);
        read.Freeze(1).Everything().ShouldBe(snapshot.Everything());
        taken["instance"].ShouldBe(5_100);
    }

    [Fact]
    public void A_snapshot_that_is_damaged_is_refused_and_not_half_read()
    {
        var state = new LiveState(Layout);
        state.Set(Entry(new Container { Id = 1, Name = "c" }, 1));
        var frames = _codec.Snapshots.Write(state.Freeze(1), []).Select(frame => (ReadOnlyMemory<byte>)frame.ToArray()).ToArray();
        frames[1] = frames[1][..^3];

        Should.Throw<InvalidDataException>(() => _codec.Snapshots.Read(frames, new LiveState(Layout), new Dictionary<string, long>(), new InternPool()));
    }

    private static StateLayout Layout { get; } = new(Catalog.All);

    private static (List<PendingCommit> Commits, Dictionary<string, long> Taken) Build(WriteBuilder builder, Random random, int count)
    {
        var (commits, taken) = (new List<PendingCommit>(), new Dictionary<string, long>());
        for (var i = 0; i < count; i++)
        {
            var built = builder.Build(new PendingWrite<bool>(tx => Write(tx, random), CancellationToken.None));
            if (built.Commit is { } commit) commits.Add(commit);
            foreach (var (family, last) in built.Taken) taken[family] = last;
        }

        return (commits, taken);
    }

    private static bool Write(WriteTx tx, Random random)
    {
        var records = new RandomRecords(random);
        tx.Create((Container)records.Of(typeof(Container)) with { Id = 0 }, (ContainerSeen)records.Of(typeof(ContainerSeen)));
        foreach (var entry in tx.View.All<Container>().ToArray())
        {
            switch (random.Next(8))
            {
                case 0:
                    tx.Put((Container)records.Of(typeof(Container)) with { Id = entry.Id });
                    break;
                case 1:
                    tx.PutSeen("instance", entry.Id, (ContainerSeen)records.Of(typeof(ContainerSeen)));
                    break;
                case 2:
                    tx.Bury("instance", entry.Id);
                    break;
            }
        }

        return random.Next(7) > 0 ? true : throw new ConflictException("thrown away");
    }

    private static PendingCommit Commit(long revision, params PendingChange[] changes) => new(revision, DateTimeOffset.UnixEpoch, changes, []);

    private static PendingChange Created(Resource wanted) => new(null, Entry(wanted, 1), IsBuried: false);

    private static Entry Entry(Resource wanted, long revision) => new(Catalog.All.Of(wanted), wanted, Catalog.All.Of(wanted).NewSeen(), revision, revision);

    private byte[] Encode(IReadOnlyList<PendingCommit> commits, IReadOnlyCollection<KeyValuePair<string, long>> taken)
    {
        var writer = new ByteWriter();
        _codec.Batches.Write(writer, commits, taken);
        return writer.Written.ToArray();
    }
}
