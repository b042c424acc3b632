using System.Collections.Immutable;
using Drover.Model.Kernel;

namespace Drover.Reconcile.Tests;

public sealed class OwnershipTests
{
    [Fact]
    public void Two_writers_of_one_field_are_refused_by_name()
        => Should.Throw<InvalidOperationException>(() => Check(new Writer("A", "container.hostId"), new Writer("B", "container.hostId")))
            .Message.ShouldBe("container.hostId is written by A and B");

    [Fact]
    public void A_field_that_no_kind_declares_is_refused()
        => Should.Throw<InvalidOperationException>(() => Check(new Writer("A", "container.hostIdd"))).Message.ShouldContain("container.hostIdd");

    [Fact]
    public void A_writer_that_is_not_the_declared_owner_is_refused()
        => Should.Throw<InvalidOperationException>(() => Check(new Writer("A", "container.importedId"))).Message.ShouldContain("StatusIntake");

    [Fact]
    public void Writers_of_different_fields_and_statuses_get_along()
        => Check(new Writer("A", "container.hostId", "service.seen"), new Writer("B", "container.seen"), new Writer("StatusIntake", "container.importedId"));

    [Fact]
    public void One_status_may_have_several_writers_where_each_says_when_it_is_theirs()
    {
        Check(new Writer("A", "container.seen:unplaced"), new Writer("B", "container.seen:placed"));
        Should.Throw<InvalidOperationException>(() => Check(new Writer("A", "container.seen:placed"), new Writer("B", "container.seen:placed")));
    }

    private static void Check(params Writer[] writers) => Ownership.Check(writers, Catalog.All);

    private sealed class Writer(string name, params string[] writes) : IFieldWriter
    {
        public string Name => name;

        public ImmutableArray<string> Writes => [.. writes];
    }
}
