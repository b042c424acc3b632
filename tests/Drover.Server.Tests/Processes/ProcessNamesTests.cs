using Drover.Model.Kernel;
using Drover.Model.Platform;
using Drover.Server.Processes;
using Drover.Store;

namespace Drover.Server.Tests.Processes;

public sealed class ProcessNamesTests
{
    [Fact]
    public void Every_action_of_every_life_cycle_is_a_process_with_its_transitions()
    {
        var rows = new DefinitionRows(_ => ["X"]);
        var defined = rows.Rows(Nothing(), null).ToDictionary(row => row.Wanted.Name!, row => (ProcessDefinition)row.Wanted);

        foreach (var kind in Catalog.All.Kinds.Where(kind => kind is { Lifecycle: not null, IsBase: false, Declared.IsView: false }))
            foreach (var transition in kind.Lifecycle!.Transitions)
            {
                var moves = defined[$"{kind.Family}.{transition.Action}"].StateTransitions.Items.Select(move => $"{move.FromState}>{move.ToState}").ToList();
                foreach (var move in transition.From) moves.ShouldContain($"{move.From}>{move.Through}");
                foreach (var move in transition.From) moves.ShouldContain($"{move.Through}>{move.To}");
            }
    }

    [Fact]
    public void A_definition_is_found_by_its_id_and_by_its_name()
    {
        var rows = new DefinitionRows(_ => []);

        rows.Find(Nothing(), "1pd!service.upgrade")!.Wanted.Name.ShouldBe("service.upgrade");
        rows.Find(Nothing(), "service.upgrade")!.Wanted.Name.ShouldBe("service.upgrade");
        rows.Find(Nothing(), "service.nosuch").ShouldBeNull();
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(7, 34_000_000_000, 32767)]
    public void The_number_of_a_process_tells_the_object_and_what_was_asked(int family, long id, int generation)
    {
        var process = new ProcessId(family, id, ProcessId.Asked(generation));

        ProcessId.Read(process.Number).ShouldBe(process);
        (process.Number * 16).ShouldBeGreaterThan(process.Number);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(0)]
    public void A_number_that_names_no_object_is_none_of_a_process(long number) => ProcessId.Read(number).ShouldBeNull();

    private static Snapshot Nothing() => new ResourceStore(Catalog.All, TimeProvider.System, Guid.NewGuid).Current;
}
