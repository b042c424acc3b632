using Drover.Store.State;
using FsCheck;
using FsCheck.Fluent;

namespace Drover.Store.Tests.State;

public sealed class PagedArrayTests
{
    [Fact]
    public void An_empty_array_has_nothing_anywhere()
    {
        var empty = default(PagedArray<string>);

        empty.Count.ShouldBe(0);
        empty.Find(0).ShouldBeNull();
        empty.Find(long.MaxValue).ShouldBeNull();
        Items(empty).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(1_023)]
    [InlineData(1_024)]
    [InlineData(1L << 40)]
    [InlineData(long.MaxValue)]
    public void An_object_is_found_at_its_index_and_nowhere_else(long index)
    {
        var one = default(PagedArray<string>).With(index, "here", 1);

        one.Find(index).ShouldBe("here");
        one.Find(index - 1).ShouldBeNull();
        one.Find(index == long.MaxValue ? 0 : index + 1).ShouldBeNull();
        one.Count.ShouldBe(1);
    }

    [Fact]
    public void A_negative_index_is_refused()
        => Should.Throw<ArgumentOutOfRangeException>(() => default(PagedArray<string>).With(-1, "x", 1));

    [Fact]
    public void A_change_under_another_edit_leaves_the_earlier_array_alone()
    {
        var before = default(PagedArray<string>).With(1, "a", 1).With(40, "b", 1);

        var after = before.With(1, "c", 2).Without(40, 2).With(2_000, "d", 2);

        Items(before).ShouldBe([(1, "a"), (40, "b")]);
        Items(after).ShouldBe([(1, "c"), (2_000, "d")]);
    }

    [Fact]
    public void Taking_the_last_object_out_lets_all_pages_go()
    {
        var array = default(PagedArray<string>);
        for (var i = 0; i < 5_000; i++) array = array.With(i, "x", 1);
        for (var i = 0; i < 5_000; i++) array = array.Without(i, 2);

        array.Count.ShouldBe(0);
        long at = 0;
        array.NextPage(ref at).ShouldBeNull();
    }

    [Fact]
    public void Any_history_of_changes_agrees_with_a_dictionary_and_no_snapshot_moves()
        => Prop.ForAll(Histories, Agrees).QuickCheckThrowOnFailure();

    private static Arbitrary<List<(int Deed, long Index)>> Histories
        => (from deed in Gen.Choose(0, 9)
            from wide in Gen.Elements(8, 70, 3_000, 5_000_000)
            from index in Gen.Choose(0, wide)
            select (Deed: deed, Index: (long)index)).ListOf(120).ToArbitrary();

    private static bool Agrees(List<(int Deed, long Index)> history)
    {
        var (array, model, edit) = (default(PagedArray<string>), new SortedDictionary<long, string>(), 1L);
        var snapshots = new List<(PagedArray<string> Array, (long, string)[] Expected)>();
        foreach (var (deed, index) in history)
        {
            switch (deed)
            {
                case 0:
                    snapshots.Add((array, [.. model.Select(item => (item.Key, item.Value))]));
                    edit++;
                    break;
                case < 4:
                    array = array.Without(index, edit);
                    model.Remove(index);
                    break;
                default:
                    array = array.With(index, $"{edit}:{deed}", edit);
                    model[index] = $"{edit}:{deed}";
                    break;
            }
        }

        snapshots.Add((array, [.. model.Select(item => (item.Key, item.Value))]));
        return snapshots.TrueForAll(s => Items(s.Array).SequenceEqual(s.Expected) && s.Array.Count == s.Expected.Length);
    }

    private static IEnumerable<(long, string)> Items(PagedArray<string> array)
    {
        long at = 0;
        while (array.NextPage(ref at) is { } page)
        {
            for (var i = 0; i < Places<object>.Width; i++)
                if (page.Items[i] is string item)
                    yield return (at + i, item);
            at += Places<object>.Width;
        }
    }
}
