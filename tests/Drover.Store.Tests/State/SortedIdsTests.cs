using Drover.Store.State;
using FsCheck;
using FsCheck.Fluent;

namespace Drover.Store.Tests.State;

public sealed class SortedIdsTests
{
    [Fact]
    public void Nothing_is_under_a_key_of_an_empty_index()
        => default(SortedIds<long>).From(7).ShouldBeEmpty();

    [Fact]
    public void Ids_come_under_their_key_by_rising_number()
    {
        var ids = default(SortedIds<TextKey>)
            .With(new TextKey("b"), 9, 1)
            .With(new TextKey("a"), 5, 1)
            .With(new TextKey("b"), 2, 1)
            .With(new TextKey("B"), 3, 1);

        ids.From(new TextKey("b")).ShouldBe([2, 3, 9]);
        ids.From(new TextKey("B")).ShouldBe([2, 3, 9]);
        ids.From(new TextKey("b"), 4).ShouldBe([9]);
        ids.From(new TextKey("c")).ShouldBeEmpty();
    }

    [Fact]
    public void The_same_item_twice_stands_once()
        => default(SortedIds<long>).With(1, 1, 1).With(1, 1, 1).From(1).ShouldBe([1]);

    [Fact]
    public void Taking_out_what_is_not_there_changes_nothing()
        => default(SortedIds<long>).With(1, 1, 1).Without(1, 2, 1).Without(2, 1, 1).From(1).ShouldBe([1]);

    [Fact]
    public void Rising_keys_fill_their_pages()
    {
        var ids = default(SortedIds<long>);
        for (var i = 0; i < 10_000; i++) ids = ids.With(1, i, 1);

        Pages(ids.Root!).ShouldBeLessThan(10_000 * 6 / 5 / 32);
        ids.From(1).Count().ShouldBe(10_000);
    }

    [Fact]
    public void An_index_that_is_emptied_in_any_order_holds_no_page()
    {
        var random = new Random(5);
        var all = Enumerable.Range(0, 4_000).Select(i => (Key: (long)(i % 7), Id: (long)i)).ToArray();
        var ids = default(SortedIds<long>);
        foreach (var (key, id) in all) ids = ids.With(key, id, 1);
        random.Shuffle(all);

        foreach (var (key, id) in all) ids = ids.Without(key, id, 2);

        ids.Root.ShouldBeNull();
    }

    [Fact]
    public void Most_of_a_large_index_can_go_without_leaving_thin_pages_behind()
    {
        var ids = default(SortedIds<long>);
        for (var i = 0; i < 20_000; i++) ids = ids.With(3, i, 1);
        for (var i = 0; i < 20_000; i++)
            if (i % 40 != 0)
                ids = ids.Without(3, i, 1);

        ids.From(3).ShouldBe(Enumerable.Range(0, 500).Select(i => i * 40L));
        Pages(ids.Root!).ShouldBeLessThan(120);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(28)]
    [InlineData(29)]
    [InlineData(785)]
    [InlineData(20_000)]
    public void What_is_built_at_once_is_like_what_grew_and_goes_on_growing(int count)
    {
        KeyedId<long>[] items = [.. Enumerable.Range(0, count).Select(i => new KeyedId<long>(i / 3, i))];

        var ids = SortedIds<long>.Of(items, 1);

        ids.InOrder(descending: false).ShouldBe(items.Select(item => item.Id));
        for (var i = 0; i < count; i += 5) ids = ids.Without(i / 3, i, 2).With(i / 3, 100_000 + i, 2);
        ids.InOrder(descending: false).ShouldBe(items.Select(item => (item.Key, Id: item.Id % 5 == 0 ? item.Id + 100_000 : item.Id)).Order().Select(item => item.Id));
        for (var i = 0; i < count; i++) ids = ids.Without(i / 3, i % 5 == 0 ? i + 100_000 : i, 3);
        ids.Root.ShouldBeNull();
    }

    [Fact]
    public void Any_history_of_changes_agrees_with_a_sorted_set_and_no_snapshot_moves()
        => Prop.ForAll(Histories, Agrees).QuickCheckThrowOnFailure();

    private static Arbitrary<List<(int Deed, long Key, long Id)>> Histories
        => (from deed in Gen.Choose(0, 19)
            from key in Gen.Choose(0, 3)
            from id in Gen.Choose(0, 400)
            select (Deed: deed, Key: (long)key, Id: (long)id)).ListOf(1_500).ToArbitrary();

    private static bool Agrees(List<(int Deed, long Key, long Id)> history)
    {
        var (ids, model, edit) = (default(SortedIds<long>), new SortedSet<(long, long)>(), 1L);
        var snapshots = new List<(SortedIds<long> Ids, (long, long)[] Expected)>();
        foreach (var (deed, key, id) in history)
        {
            switch (deed)
            {
                case 0:
                    snapshots.Add((ids, [.. model]));
                    edit++;
                    break;
                case < 8:
                    ids = ids.Without(key, id, edit);
                    model.Remove((key, id));
                    break;
                default:
                    ids = ids.With(key, id, edit);
                    model.Add((key, id));
                    break;
            }
        }

        snapshots.Add((ids, [.. model]));
        return snapshots.TrueForAll(s => s.Ids.InOrder(descending: false).SequenceEqual(s.Expected.Select(e => e.Item2))
            && s.Ids.InOrder(descending: true).SequenceEqual(s.Expected.Reverse().Select(e => e.Item2))
            && Enumerable.Range(0, 4).SelectMany(key => s.Ids.From(key).Select(id => ((long)key, id))).SequenceEqual(s.Expected));
    }

    private static int Pages(SortedPage<long> page)
        => 1 + (page.IsLeaf ? 0 : Enumerable.Range(0, page.Count).Sum(at => Pages(page.Below(at))));
}
