using System.Collections.Immutable;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Store;

namespace Drover.Server.Api.Seams;

/// <summary>A write in the making, as the rules of a kind see it. All runs inside the write body and may run again.</summary>
/// <param name="tx">The write; its view is the newest state.</param>
/// <param name="kind">The kind written to.</param>
/// <param name="wanted">The record so far.</param>
/// <param name="caller">Who asks.</param>
public abstract class Draft(WriteTx tx, Kind kind, Resource wanted, Caller caller)
{
    public WriteTx Tx { get; } = tx;
    public Kind Kind { get; } = kind;
    public Caller Caller { get; } = caller;

    /// <summary>What will be written; rules may replace it.</summary>
    public Resource Wanted { get; set; } = wanted;

    /// <summary>What the caller sent, before binding.</summary>
    public required Binding.Body Body { get; init; }
}

/// <summary>An object that is about to be created.</summary>
public sealed class CreateDraft(WriteTx tx, Kind kind, Resource wanted, Caller caller) : Draft(tx, kind, wanted, caller)
{
    private readonly Dictionary<string, string> _shown = new(StringComparer.Ordinal);

    /// <summary>What the rule that is asked now prepared before the write; null where it prepared nothing.</summary>
    public object? Prepared { get; internal set; }

    /// <summary>A first status other than the empty one; null for that.</summary>
    public Seen? Seen { get; set; }

    /// <summary>Where one request creates several objects, all of them; the answer is then a collection.</summary>
    public ImmutableArray<Resource> Copies { get; set; } = [];

    /// <summary>Values that this answer alone shows, by wire name.</summary>
    public IReadOnlyDictionary<string, string> Shown => _shown;

    /// <summary>Shows a value in the answer to this request only, such as a secret that is stored as a hash.</summary>
    public void Show(string field, string value) => _shown[field] = value;
}

/// <summary>An object that is about to be changed.</summary>
public sealed class UpdateDraft(WriteTx tx, Entry before, Resource wanted, Caller caller) : Draft(tx, before.Kind, wanted, caller)
{
    public Entry Before { get; } = before;

    /// <summary>Wire names of the fields whose values differ.</summary>
    public required IReadOnlySet<string> Changed { get; init; }

    /// <summary>True where the change sets the update through-state.</summary>
    public bool Reconciles { get; set; }
}

/// <summary>An object that is about to be removed.</summary>
public sealed class RemoveDraft(WriteTx tx, Entry before, Caller caller) : Draft(tx, before.Kind, before.Wanted, caller)
{
    public Entry Before { get; } = before;
}

/// <summary>An object that is about to go through an action of its life cycle.</summary>
public sealed class ActionDraft(WriteTx tx, Entry before, Caller caller, string action) : Draft(tx, before.Kind, before.Wanted, caller)
{
    public Entry Before { get; } = before;

    public string Action { get; } = action;

    /// <summary>The bound record of the action's input type; null where it declares none.</summary>
    public object? Input { get; init; }
}
