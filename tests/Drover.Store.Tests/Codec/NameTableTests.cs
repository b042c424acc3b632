using Drover.Model.Kernel;
using Drover.Store.Codec;
using Drover.Store.Journal;

namespace Drover.Store.Tests.Codec;

public sealed class NameTableTests
{
    [Fact]
    public void Numbers_are_counted_per_record_from_one()
    {
        var names = new NameTable([], [("stack", "stack"), ("container", "instance")], RecordShape.All(Catalog.All));

        names.OfKind("stack").ShouldBe(1);
        names.OfKind("container").ShouldBe(2);
        names.Added.Where(name => name.Record == "service").Select(name => name.Number).ShouldBe(Enumerable.Range(1, names.Added.Count(name => name.Record == "service")));
        (names.Kind(2), names.Family(2), names.Kind(3)).ShouldBe(("container", "instance", null));
    }

    [Fact]
    public void What_is_known_is_not_learned_again()
    {
        var shapes = RecordShape.All(Catalog.All);
        var first = new NameTable([], [("stack", "stack")], shapes);

        new NameTable(first.Added, [("stack", "stack")], shapes).Added.ShouldBeEmpty();
    }

    [Fact]
    public void Two_kinds_of_one_family_learn_the_family_once()
        => new NameTable([], [("container", "instance"), ("virtualMachine", "instance")], []).Added.Count(name => name.Record == "families").ShouldBe(1);

    [Fact]
    public void A_number_of_something_that_went_is_never_given_to_something_else()
    {
        StoredName[] stored = [new("", "ghost", "kind", 7)];

        new NameTable(stored, [("stack", "stack")], []).OfKind("stack").ShouldBe(8);
    }

    [Fact]
    public void A_field_that_comes_back_has_its_old_number()
    {
        var shapes = RecordShape.All(Catalog.All);
        var first = new NameTable([], [], shapes).Added;
        var without = shapes.Where(shape => shape.Name != "service").ToArray();
        var second = new NameTable(first, [], [.. without]);

        second.Added.ShouldBeEmpty();
        new NameTable(first, [], shapes).Added.ShouldBeEmpty();
    }
}
