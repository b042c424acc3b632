using Drover.Model.Containers;
using Drover.Model.Images;
using Drover.Model.Kernel;
using Drover.Server.Api.Seams;
using Drover.Store;

namespace Drover.Server.Images;

/// <summary>The images of containers as rows: each container's image under the container's number.</summary>
public sealed class ImageRows : IViewKind
{
    private static readonly Kind Shown = Catalog.All.Of<Image>();

    public string Kind => "image";

    public IEnumerable<Entry> Rows(Snapshot snapshot, long? accountId)
        => (accountId is { } account ? snapshot.By<Container>("accountId", account) : snapshot.All<Container>()).Select(Of);

    public Entry? Find(Snapshot snapshot, long id) => snapshot.Find<Container>(id) is { } container ? Of(container) : null;

    private static Entry Of(Entry entry)
    {
        var container = (Container)entry.Wanted;
        var row = new Image { Id = container.Id, AccountId = container.AccountId, Created = container.Created, Name = container.Spec.ImageUuid };
        return new Entry(Shown, row, new PlainSeen { State = "active", Removed = entry.Seen.Removed }, entry.WantedRevision, entry.SeenRevision);
    }
}
