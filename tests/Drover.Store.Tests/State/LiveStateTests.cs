using Drover.Model.Kernel;
using Drover.Store.State;

namespace Drover.Store.Tests.State;

public sealed class LiveStateTests
{
    private static readonly Catalog Things = new([typeof(Thing), typeof(Other)], []);
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly LiveState _state = new(new StateLayout(Things));

    [Fact]
    public void Each_sort_of_index_finds_its_objects()
    {
        _state.Set(Make(new Thing { Id = 1, Text = "a", Number = 7, Flag = true, Time = Noon, Spec = new ThingSpec { Deep = "d" } }, new ThingSeen { Place = 3 }));
        _state.Set(Make(new Thing { Id = 2, Text = "b" }));
        var snapshot = _state.Freeze(1);

        Ids(snapshot, "text", "a").ShouldBe([1]);
        Ids(snapshot, "number", 7L).ShouldBe([1]);
        Ids(snapshot, "number", 7).ShouldBe([1]);
        Ids(snapshot, "flag", true).ShouldBe([1]);
        Ids(snapshot, "flag", false).ShouldBe([2]);
        Ids(snapshot, "time", Noon).ShouldBe([1]);
        Ids(snapshot, "time", Noon.ToOffset(TimeSpan.FromHours(5))).ShouldBe([1]);
        Ids(snapshot, "deep", "d").ShouldBe([1]);
        Ids(snapshot, "place", 3L).ShouldBe([1]);
    }

    [Fact]
    public void Letter_case_counts_unless_it_is_said_not_to()
    {
        _state.Set(Make(new Thing { Id = 1, Text = "a", Name = "Web" }));
        _state.Set(Make(new Thing { Id = 2, Text = "A", Name = "web" }));
        _state.Set(Make(new Thing { Id = 2, Text = "A", Name = "WEB" }));
        var snapshot = _state.Freeze(1);

        Ids(snapshot, "text", "A").ShouldBe([2]);
        snapshot.By(Things.Of<Thing>(), "text", "A", ignoreCase: true).Select(e => e.Id).ShouldBe([1, 2]);
        Ids(snapshot, "name", "web").ShouldBeEmpty();
        Ids(snapshot, "name", "WEB").ShouldBe([2]);
        snapshot.By(Things.Of<Thing>(), "name", "weB", ignoreCase: true).Select(e => e.Id).ShouldBe([1, 2]);
    }

    [Fact]
    public void A_sorted_index_holds_every_object_in_the_order_of_lists()
    {
        string?[] names = ["b", null, "A", "c", "B", "a"];
        for (var i = 0; i < names.Length; i++) _state.Set(Make(new Thing { Id = i + 1, Name = names[i] }));
        _state.Set(Make(new Other { Id = 9, Name = "b" }));
        var snapshot = _state.Freeze(1);

        snapshot.InOrder(Things.Of<Thing>(), "name", descending: false).Select(e => e.Id).ShouldBe([2, 3, 6, 1, 5, 4]);
        snapshot.InOrder(Things.Of<Thing>(), "name", descending: true).Select(e => e.Id).ShouldBe([4, 5, 1, 6, 3, 2]);
        snapshot.InOrder(Things.Of<Other>(), "name", descending: false).Select(e => e.Id).ShouldBe([9]);
        Should.Throw<NotSupportedException>(() => snapshot.InOrder(Things.Of<Thing>(), "text", descending: false));
    }

    [Fact]
    public void A_key_of_another_type_finds_nothing()
    {
        _state.Set(Make(new Thing { Id = 1, Text = "7", Number = 7 }));
        var snapshot = _state.Freeze(1);

        Ids(snapshot, "text", 7L).ShouldBeEmpty();
        Ids(snapshot, "number", "7").ShouldBeEmpty();
    }

    [Fact]
    public void Fields_without_an_index_are_refused()
    {
        _state.Set(Make(new Thing { Id = 1 }));

        Should.Throw<ArgumentException>(() => _state.Freeze(1).By<Thing>("description", "a")).Message.ShouldContain("thing.description has no index");
        Should.Throw<ArgumentException>(() => _state.Freeze(1).By<Thing>("nothing", "a"));
    }

    [Fact]
    public void An_object_moves_with_its_keys_on_either_side()
    {
        _state.Set(Make(new Thing { Id = 1, Text = "a" }, new ThingSeen { Place = 1 }));
        _state.Set(Make(new Thing { Id = 1, Text = "b" }, new ThingSeen { Place = 2 }));
        _state.Set(Make(new Thing { Id = 1 }, new ThingSeen()));
        var nowhere = _state.Freeze(1);
        _state.Set(Make(new Thing { Id = 1, Text = "c" }, new ThingSeen { Place = 3 }));
        var there = _state.Freeze(2);

        foreach (var text in new[] { "a", "b", "c" }) Ids(nowhere, "text", text).ShouldBeEmpty();
        foreach (var place in new[] { 1L, 2L, 3L }) Ids(nowhere, "place", place).ShouldBeEmpty();
        (Ids(there, "text", "c").Single(), Ids(there, "place", 3L).Single()).ShouldBe((1, 1));
    }

    [Fact]
    public void Kinds_of_a_family_share_numbers_and_indexes_but_not_answers()
    {
        _state.Set(Make(new Thing { Id = 1, Text = "a" }));
        _state.Set(Make(new Other { Id = 2, Text = "a" }));
        var snapshot = _state.Freeze(1);

        snapshot.By<Thing>("text", "a").ShouldHaveSingleItem().Id.ShouldBe(1);
        snapshot.By<Other>("text", "a").ShouldHaveSingleItem().Id.ShouldBe(2);
        snapshot.All<Other>().ShouldHaveSingleItem();
        snapshot.Find<Thing>(2).ShouldBeNull();
        snapshot.Find("thing", 2).ShouldNotBeNull();
        snapshot.Count("thing").ShouldBe(2);
        Should.Throw<InvalidOperationException>(() => _state.Set(Make(new Other { Id = 1 })));
    }

    [Fact]
    public void What_is_filled_in_at_once_is_found_like_what_came_one_by_one()
    {
        var filled = new LiveState(new StateLayout(Things));
        Entry[] all =
        [
            .. Enumerable.Range(1, 200).Select(id => Make(new Thing { Id = id, Name = id % 3 == 0 ? null : $"n{id % 7}", Text = id % 2 == 0 ? $"t{id % 5}" : null, Number = id % 4 }, new ThingSeen { Place = id % 6 })),
            .. Enumerable.Range(201, 50).Select(id => Make(new Other { Id = id, Text = $"t{id % 5}" })),
        ];

        filled.Fill(all);
        foreach (var entry in all) _state.Set(entry);

        var (one, other) = (filled.Freeze(1), _state.Freeze(1));
        one.Everything().ShouldBe(other.Everything());
        one.InOrder(Things.Of<Thing>(), "name", descending: true).ShouldBe(other.InOrder(Things.Of<Thing>(), "name", descending: true));
        foreach (var key in new object[] { "t0", "t3" })
        {
            one.By<Thing>("text", key).ShouldBe(other.By<Thing>("text", key));
            one.By<Other>("text", key).ShouldBe(other.By<Other>("text", key));
        }

        one.By<Thing>("place", 3L).ShouldBe(other.By<Thing>("place", 3L));
        one.By<Thing>("number", 0L).Count().ShouldBe(50);
    }

    [Fact]
    public void Going_back_to_a_snapshot_undoes_everything_since()
    {
        _state.Set(Make(new Thing { Id = 1, Text = "a" }));
        var snapshot = _state.Freeze(1);
        _state.Set(Make(new Thing { Id = 1, Text = "b" }));
        _state.Set(Make(new Thing { Id = 2, Text = "a" }));
        _state.Remove("thing", 1);

        _state.Return(snapshot);

        _state.Freeze(1).Everything().ShouldHaveSingleItem().Wanted.ShouldBe(new Thing { Id = 1, Text = "a" });
        Ids(_state.Freeze(1), "text", "a").ShouldBe([1]);
        Ids(_state.Freeze(1), "text", "b").ShouldBeEmpty();
    }

    [Fact]
    public void Pages_begin_where_they_are_asked_to()
    {
        for (var id = 1; id <= 100; id += 3) _state.Set(Make(new Thing { Id = id }));
        var snapshot = _state.Freeze(1);

        snapshot.AllFrom(Things.Of<Thing>(), 50).Select(entry => entry.Id).First().ShouldBe(52);
        snapshot.AllFrom(Things.Of<Thing>(), 52).Select(entry => entry.Id).First().ShouldBe(52);
        snapshot.AllFrom(Things.Of<Thing>(), 101).ShouldBeEmpty();
    }

    [Fact]
    public void A_field_that_no_index_can_hold_is_refused_when_the_store_starts()
        => Should.Throw<NotSupportedException>(() => new StateLayout(new Catalog([typeof(Odd)], []))).Message.ShouldContain("list");

    private static IEnumerable<long> Ids(Snapshot snapshot, string field, object key) => snapshot.By<Thing>(field, key).Select(entry => entry.Id);

    private static Entry Make(Resource wanted, Seen? seen = null) => new(Things.Of(wanted), wanted, seen ?? Things.Of(wanted).NewSeen(), 1, 1);
}
