using System.Collections.Immutable;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Store;

namespace Drover.Server.Api.Seams;

/// <summary>A piece of one kind that the generic API calls. Register it with <see cref="KindPieces.Add"/>.</summary>
public interface IKindPiece
{
    /// <summary>Name of the kind, or of the family for all its kinds.</summary>
    string Kind { get; }
}

/// <summary>Computes a field that is stored nowhere.</summary>
public interface IViewField : IKindPiece
{
    /// <summary>Wire name of a field declared with <see cref="ViewAttribute"/>, or of a stored one that it replaces.</summary>
    string Field { get; }

    /// <summary>The value as a stored field of that type would hold it: numbers for references, equatable collections, records.</summary>
    object? Value(ApiCall call, Entry entry);
}

/// <summary>Gives the rows of a kind that is computed from other objects (<see cref="KindAttribute.IsView"/>).</summary>
public interface IViewKind : IKindPiece
{
    /// <summary>All rows by rising number, or those of one account.</summary>
    IEnumerable<Entry> Rows(Snapshot snapshot, long? accountId);

    /// <summary>One row; null where there is none.</summary>
    Entry? Find(Snapshot snapshot, long id) => Rows(snapshot, null).FirstOrDefault(row => row.Id == id);

    /// <summary>The row with this name, for kinds whose id is the name; null where there is none.</summary>
    Entry? Find(Snapshot snapshot, string name) => Rows(snapshot, null).FirstOrDefault(row => row.Wanted.Name == name);

    /// <summary>The rows with this value in a reference field.</summary>
    IEnumerable<Entry> By(Snapshot snapshot, string field, long target)
        => Rows(snapshot, null).Where(row => row.Kind.Find(field) is { } f && row.Value(f) is long value && value == target);
}

/// <summary>Shows the objects of a kind as rows of another kind, in lists and by id.</summary>
public interface IShownAs : IKindPiece
{
    Entry Show(ApiCall call, Entry entry);
}

/// <summary>Adds links besides those that follow from references.</summary>
public interface IExtraLinks : IKindPiece
{
    /// <summary>Name and absolute URL of each.</summary>
    IEnumerable<(string Name, string Url)> Links(ApiCall call, Entry entry);
}

/// <summary>A link that answers a record which is computed when it is followed.</summary>
public interface IKindLink : IKindPiece
{
    /// <summary>Its name in `links`, in camel case.</summary>
    string Link { get; }

    /// <summary>True where the object has it for this caller.</summary>
    bool Shows(ApiCall call, Entry entry);

    /// <summary>What stands behind the object's own address and a slash, in lower case.</summary>
    string WordOf(ApiCall call, Entry entry);

    /// <summary>What a GET answers. May throw a problem.</summary>
    Task<ActionOutcome> FollowAsync(ApiCall call, Entry target, CancellationToken cancel);
}

/// <summary>Takes actions away from an object that its state would offer.</summary>
public interface IActionFilter : IKindPiece
{
    bool Offers(ApiCall call, Entry entry, string action);
}

/// <summary>Leaves objects out of lists that the caller may read by id.</summary>
public interface IListFilter : IKindPiece
{
    bool Lists(ApiCall call, Entry entry);
}

/// <summary>Decides what is shown and readable beyond the account it belongs to.</summary>
public interface IRowFilter : IKindPiece
{
    bool Shows(Caller caller, Entry entry);
}

/// <summary>Checks and completes what is created, inside the write.</summary>
public interface ICreateRule : IKindPiece
{
    /// <summary>Work that takes longer than a write may (parsing, hashing), done before it; found in <see cref="CreateDraft.Prepared"/>. May throw a problem.</summary>
    object? Prepare(ApiCall call, Binding.Body body) => null;

    /// <summary>The same for work that waits for others.</summary>
    Task<object?> PrepareAsync(ApiCall call, Binding.Body body, CancellationToken cancel) => Task.FromResult(Prepare(call, body));

    /// <summary>The problems of the draft, the first of which is answered. May replace <see cref="Draft.Wanted"/>.</summary>
    IEnumerable<Problem> Check(CreateDraft draft);

    /// <summary>Creates what goes with the new object, in the same write.</summary>
    void Created(WriteTx tx, Resource created, Caller caller)
    {
    }

    /// <summary>The same with all that the draft knows.</summary>
    void Created(CreateDraft draft, Resource created) => Created(draft.Tx, created, draft.Caller);
}

/// <summary>Checks and completes what is updated, inside the write.</summary>
public interface IUpdateRule : IKindPiece
{
    IEnumerable<Problem> Check(UpdateDraft draft);
}

/// <summary>Checks and prepares a removal, inside the write.</summary>
public interface IRemoveRule : IKindPiece
{
    IEnumerable<Problem> Check(RemoveDraft draft);

    /// <summary>The action that must come before removal where the state does not offer it, such as "stop"; null for none.</summary>
    string? Before => null;
}

/// <summary>Prepares an action of the life cycle inside the write, before its through-state is set.</summary>
public interface IProcessRule : IKindPiece
{
    string Action { get; }

    /// <summary>May replace <see cref="Draft.Wanted"/>; the bound body is <see cref="ActionDraft.Input"/>.</summary>
    IEnumerable<Problem> Check(ActionDraft draft);
}

/// <summary>Writes a kind in a way of its own, in place of the generic create, update and remove.</summary>
public interface IKindWrites : IKindPiece
{
    Writes.Written Create(WriteTx tx, ApiCall call, Binding.Body body);

    Writes.Written Update(WriteTx tx, ApiCall call, Entry target, Binding.Body body);

    Writes.Written Remove(WriteTx tx, ApiCall call, Entry target);
}

/// <summary>Answers all requests of a kind in a way of its own, such as one that asks other servers; whether the role may ask at all is checked before.</summary>
public interface IKindEndpoint : IKindPiece
{
    Task<EndpointOutcome> AnswerAsync(ApiCall call, Views.KindView kind, Microsoft.AspNetCore.Http.HttpRequest request, CancellationToken cancel);
}

/// <summary>What <see cref="IKindEndpoint"/> answers: one object, a collection, or a status alone.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Entries">The objects; null for an empty body.</param>
/// <param name="Many">True where the answer is a collection.</param>
public sealed record EndpointOutcome(int Status, ImmutableArray<Entry>? Entries, bool Many = false)
{
    public static EndpointOutcome Of(Resource resource, int status = 200) => new(status, [Row(resource)]);

    public static EndpointOutcome Of(IEnumerable<Resource> resources) => new(200, [.. resources.Select(Row)], true);

    private static Entry Row(Resource resource) => new(Catalog.All.Of(resource), resource, new PlainSeen(), 0, 0);
}

/// <summary>Answers an action that is no process (status 200).</summary>
public interface IKindAction : IKindPiece
{
    string Action { get; }

    Task<ActionOutcome> RunAsync(ActionCall call, CancellationToken cancel);
}

/// <summary>What an action of <see cref="IKindAction"/> was called with.</summary>
/// <param name="Call">The request; its snapshot is the state that the target was read from.</param>
/// <param name="Target">The object.</param>
/// <param name="Input">The bound record of the input type; null where the action declares none.</param>
/// <param name="Body">All that was sent.</param>
/// <param name="Store">Where to write.</param>
public sealed record ActionCall(ApiCall Call, Entry Target, object? Input, Binding.Body Body, ResourceStore Store);

/// <summary>What an action answers: one object, several, or a record of a nested type.</summary>
/// <param name="Entries">Objects; null where a record is answered.</param>
/// <param name="Record">A record of a nested type.</param>
/// <param name="Type">Its type name.</param>
public sealed record ActionOutcome(ImmutableArray<Entry>? Entries, object? Record = null, string? Type = null)
{
    /// <summary>True where the answer is a collection.</summary>
    public bool Many { get; init; }

    /// <summary>The HTTP status: 202 where a process of the life cycle begins (api-semantics.md section 7).</summary>
    public int Status { get; init; } = 200;

    public static ActionOutcome Of(Entry entry) => new([entry]);

    public static ActionOutcome Of(string type, object record) => new(null, record, type);

    public static ActionOutcome Of(IEnumerable<Entry> entries) => new([.. entries]) { Many = true };
}
