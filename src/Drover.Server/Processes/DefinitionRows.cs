using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Drover.Model.Kernel;
using Drover.Model.Platform;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Store;

namespace Drover.Server.Processes;

/// <summary>The processes that the life cycles declare, each with its transitions and with what carries it out (OPS-05).</summary>
/// <param name="driversOf">The names of what drives the objects of a kind.</param>
public sealed class DefinitionRows(Func<Kind, IEnumerable<string>> driversOf) : IViewKind, IViewField
{
    private static readonly Kind Shown = Catalog.All.Of<ProcessDefinition>();

    private readonly Lazy<ImmutableArray<Entry>> _rows = new(() => [.. Of(driversOf).Select((row, place) => new Entry(Shown, row with { Id = place + 1 }, new PlainSeen(), 0, 0))]);

    public string Kind => "processDefinition";

    public string Field => "stateTransitions";

    /// <summary>The contract shows what is in a transition to the superadmin alone; it is no secret to who asks for what Drover adds.</summary>
    public object? Value(ApiCall call, Entry entry)
    {
        var moves = ((ProcessDefinition)entry.Wanted).StateTransitions;
        return call.WantsOwn ? RawJson.From(JsonSerializer.SerializeToElement(moves.Items, ModelJson.Options)) : moves;
    }

    public IEnumerable<Entry> Rows(Snapshot snapshot, long? accountId) => _rows.Value;

    public Entry? Find(Snapshot snapshot, string name) => _rows.Value.FirstOrDefault(row => row.Wanted.Name == PlainId.Of(name));

    private static IEnumerable<ProcessDefinition> Of(Func<Kind, IEnumerable<string>> driversOf)
    {
        foreach (var root in ProcessNames.Families)
        {
            string[] drivers = [.. Catalog.All.Family(root.Family).Where(kind => kind.Lifecycle is not null).SelectMany(driversOf).Distinct(StringComparer.Ordinal)];
            var handlers = ExtensionPoint($"process.{root.Family}.handlers", drivers.Length > 0 ? drivers : ["Settler"]);
            foreach (var (action, moves) in ActionsOf(root))
                yield return Definition(root, action, moves, handlers);
            if (drivers.Length > 0) yield return Definition(root, ProcessNames.Reconcile, [], handlers);
        }
    }

    /// <summary>The actions of a family; where its kinds differ, all their moves.</summary>
    private static IEnumerable<(string Action, IEnumerable<Move> Moves)> ActionsOf(Kind root)
        => Catalog.All.Family(root.Family).Select(kind => kind.Lifecycle).OfType<Lifecycle>().Distinct()
            .SelectMany(cycle => cycle.Transitions)
            .GroupBy(transition => transition.Action, transition => transition.From, StringComparer.Ordinal)
            .Select(same => (same.Key, same.SelectMany(moves => moves).Distinct()));

    private static ProcessDefinition Definition(Kind root, string action, IEnumerable<Move> moves, RawJson handlers) => new()
    {
        Name = $"{root.Family}.{action}",
        ResourceType = root.Family,
        StateTransitions = moves.SelectMany(Transitions).ToEquatableArray(),
        ProcessHandlers = handlers,
        PreProcessListeners = ExtensionPoint($"process.{root.Family}.pre.listeners", []),
        PostProcessListeners = ExtensionPoint($"process.{root.Family}.post.listeners", []),
    };

    private static IEnumerable<StateTransition> Transitions(Move move)
    {
        yield return new StateTransition { Field = "state", FromState = move.From, ToState = move.Through, Type = "TRANSITIONING" };
        yield return new StateTransition { Field = "state", FromState = move.Through, ToState = move.To, Type = "DONE" };
    }

    private static RawJson ExtensionPoint(string name, string[] implementations) => RawJson.From(new JsonObject
    {
        ["id"] = null,
        ["type"] = "extensionPoint",
        ["links"] = new JsonObject(),
        ["actions"] = new JsonObject(),
        ["name"] = name,
        ["implementations"] = new JsonArray([.. implementations.Select(one => new JsonObject { ["type"] = "extensionImplementation", ["name"] = one })]),
    });
}

/// <summary>The kinds that have processes (OPS-05).</summary>
public sealed class ResourceDefinitionRows : IViewKind
{
    private static readonly Kind Shown = Catalog.All.Of<ResourceDefinition>();

    private static readonly ImmutableArray<Entry> All =
        [.. ProcessNames.Families.Select((root, place) => new Entry(Shown, new ResourceDefinition { Id = place + 1, Name = root.Family }, new PlainSeen(), 0, 0))];

    public string Kind => "resourceDefinition";

    public IEnumerable<Entry> Rows(Snapshot snapshot, long? accountId) => All;

    public Entry? Find(Snapshot snapshot, string name) => All.FirstOrDefault(row => row.Wanted.Name == PlainId.Of(name));
}

/// <summary>Ids that are names: `1pd!service.upgrade` is `service.upgrade` (api-semantics section 6).</summary>
internal static class PlainId
{
    public static string Of(string id) => id.StartsWith('1') && id.IndexOf('!', StringComparison.Ordinal) is > 0 and var mark ? id[(mark + 1)..] : id;
}
