using Drover.Model.Kernel;
using Drover.Server.Api.Seams;
using Drover.Store;

namespace Drover.Server.Api.Queries;

/// <summary>
/// The rows that 1.6 keeps in tables of their own and that follow from objects of one kind: nothing of them is stored, and their
/// numbers follow from their parent's.
/// </summary>
/// <param name="shown">The kind of the rows.</param>
/// <param name="parentField">The field of a row that names its parent.</param>
/// <param name="rows">The rows of one parent, without numbers, in an order that lasts.</param>
/// <param name="perParent">Rows that one parent may have at most; where it is one, the row has the parent's number.</param>
internal sealed class DerivedRows<TParent>(string shown, string parentField, Func<Snapshot, TParent, IEnumerable<Resource>> rows, int perParent = 1000) : IViewKind
    where TParent : Resource
{
    private readonly Kind _shown = Catalog.All.FindKind(shown)!;

    public string Kind => shown;

    public IEnumerable<Entry> Rows(Snapshot snapshot, long? accountId)
        => (accountId is { } account ? snapshot.By<TParent>("accountId", account) : snapshot.All<TParent>()).SelectMany(parent => Of(snapshot, parent));

    public Entry? Find(Snapshot snapshot, long id)
        => snapshot.Find<TParent>(id / perParent) is { } parent ? Of(snapshot, parent).FirstOrDefault(row => row.Id == id) : null;

    public IEnumerable<Entry> By(Snapshot snapshot, string field, long target)
        => field != parentField ? Rows(snapshot, null).Where(row => row.Kind.Find(field) is { } f && row.Value(f) is long value && value == target)
            : snapshot.Find<TParent>(target) is { } parent ? Of(snapshot, parent)
            : [];

    private IEnumerable<Entry> Of(Snapshot snapshot, Entry parent)
    {
        var place = perParent == 1 ? 0L : 1L;
        foreach (var row in rows(snapshot, (TParent)parent.Wanted).Take(perParent == 1 ? 1 : perParent - 1))
        {
            var numbered = row with { Id = (parent.Id * perParent) + place++, AccountId = parent.Wanted.AccountId, Created = parent.Wanted.Created };
            yield return new Entry(_shown, numbered, new PlainSeen { State = "active", Removed = parent.Seen.Removed }, parent.WantedRevision, parent.SeenRevision);
        }
    }
}
