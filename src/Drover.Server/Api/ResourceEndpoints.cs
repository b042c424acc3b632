using System.Collections.Immutable;
using Drover.Model.Kernel;
using Drover.Server.Api.Binding;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Queries;
using Drover.Server.Api.Rendering;
using Drover.Server.Api.Seams;
using Drover.Server.Api.V1;
using Drover.Server.Api.Views;
using Drover.Server.Api.Writes;
using Drover.Server.Containers;
using Drover.Store;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Api;

/// <summary>Answers every request on resources, for all kinds alike: find the kind, check the right, read or write, render.</summary>
public sealed class ResourceEndpoints(RoleCatalogs catalogs, KindPieces pieces, ResourceStore store, TimeProvider time)
{
    private readonly ResourceWrites _writes = new(catalogs, pieces, store);
    private readonly KeptRecords _kept = new(store);

    /// <summary>Answers one call. Problems come out as <see cref="ProblemException"/>.</summary>
    public async Task<Answer> AnswerAsync(ApiCall call, HttpRequest request, CancellationToken cancel)
    {
        if (call.Path.Type is not { } word) return Only(call, Answer.Json(json => VersionWriter.Write(json, call)));
        if (word.Equals("schemas", StringComparison.OrdinalIgnoreCase) || word.Equals("schema", StringComparison.OrdinalIgnoreCase))
            return Only(call, Schemas(call));
        var kind = call.Catalog.FindByWord(word) ?? throw new ProblemException(Problem.NotFound());
        if (pieces.Of<IKindEndpoint>(kind.Kind).FirstOrDefault() is { } own) return await OwnAsync(call, kind, own, request, cancel);
        if (call.Path.Id is not { } id) return await CollectionAsync(call, kind, request, cancel);
        var rows = RowsOf(call);
        var target = rows.Find(kind.Kind, id) ?? await _kept.FindAsync(rows, kind.Kind, id) ?? throw new ProblemException(Problem.NotFound());
        var shown = call.Catalog.Find(target.Kind) ?? kind;
        if (call.Method != "GET" && !call.Caller.Owns(target)) throw new ProblemException(Problem.NotFound());
        return await (call.Path.Link is { } link ? LinkAsync(call, shown, target, link, request, cancel) : ResourceAsync(call, shown, target, request, cancel));
    }

    /// <summary>The rights are checked here, once for all kinds; what a kind does with a request that it may get is its own.</summary>
    private async Task<Answer> OwnAsync(ApiCall call, KindView kind, IKindEndpoint endpoint, HttpRequest request, CancellationToken cancel)
    {
        var isAllowed = call.Method switch
        {
            "GET" => kind.MayList,
            "POST" => kind.MayCreate && call.Path.Id is null,
            "PUT" => kind.MayUpdate,
            "DELETE" => kind.MayDelete && call.Path.Id is not null,
            _ => false,
        };
        if (!isAllowed) throw NotAllowed();
        var rendered = await endpoint.AnswerAsync(call, kind, request, cancel);
        if (rendered.Entries is not { } entries) return Answer.Json(_ => { }, rendered.Status);
        var now = call.At(store.Current);
        return rendered.Many
            ? Answer.Json(json => new CollectionWriter(now, Writer(now)).WriteList(json, kind, new CollectionQuery(), new Page(entries, false), _ => null), rendered.Status)
            : Answer.Json(json => Writer(now).Write(json, entries[0]), rendered.Status);
    }

    /// <summary>Answers `scripts/transform`: the launch config of a container as `docker inspect` describes it.</summary>
    public async Task<Answer> TransformAsync(ApiCall call, HttpRequest request, CancellationToken cancel)
    {
        var config = InspectedContainer.ToLaunchConfig(await BodyReader.ReadObjectAsync(request, cancel));
        return Answer.Json(json => ValueWriter.For(WireType.Parse("launchConfig"), catalogs.Catalog, call.Catalog.FindShape).Write(json, config));
    }

    private static Answer Only(ApiCall call, Answer answer) => call.Method == "GET" ? answer : throw NotAllowed();

    private static Answer Schemas(ApiCall call)
    {
        // The Rancher CLI appends "/schemas" to what it was given, and asks for /schemas/schemas.
        if (call.Path.Id is not { } name || name.Equals("schemas", StringComparison.OrdinalIgnoreCase))
            return Answer.Json(json => new SchemaWriter(call).WriteAll(json));
        if (call.Catalog.Frozen is { } frozen)
            return frozen.Find(name) is { } schema ? Answer.Json(json => FrozenSchemas.Write(json, schema, call.Urls)) : throw new ProblemException(Problem.NotFound());
        var shape = call.Catalog.FindByWord(name) ?? call.Catalog.FindShapeByWord(name) ?? throw new ProblemException(Problem.NotFound());
        return Answer.Json(json => new SchemaWriter(call).Write(json, shape));
    }

    private async Task<Answer> CollectionAsync(ApiCall call, KindView kind, HttpRequest request, CancellationToken cancel)
    {
        switch (call.Method)
        {
            case "GET" when kind.MayList:
                return await ListAsync(call, kind);
            case "POST" when kind.MayCreate:
                return await CreateAsync(call, kind, await BodyReader.ReadAsync(request, call.Query, cancel), cancel);
            default:
                throw NotAllowed();
        }
    }

    private async Task<Answer> ListAsync(ApiCall call, KindView kind)
    {
        var rows = RowsOf(call);
        if (kind.Kind.Declared.NamedId) return Listed(call, kind, new CollectionQuery(), new Page([.. rows.All(kind.Kind).Where(row => pieces.Lists(call, row))], false), []);
        var query = CollectionQuery.Parse(kind, OldNames.Read(call, kind));
        var listing = new Listing(query, kind.Kind, call, pieces, time.GetUtcNow());
        var page = kind.Kind.Declared.IsHistory || query.AsksForRemoved ? listing.PageOf(await KeptAsync(call, kind, query, rows, listing)) : listing.PageOf(rows);
        var included = new Dictionary<long, Included>();
        var sight = new Sight();
        if (query.Include is { } link)
            foreach (var entry in page.Entries.TakeWhile(_ => !sight.IsSpent))
                included[entry.Id] = await IncludedAsync(call, rows, entry, link, sight);
        return Listed(call, kind, query, page, included);
    }

    private Answer Listed(ApiCall call, KindView kind, CollectionQuery query, Page page, Dictionary<long, Included> included)
        => Answer.Json(json => new CollectionWriter(call, Writer(call)).WriteList(json, kind, query, Shown(call, page), entry => included.GetValueOrDefault(entry.Id)));

    private async Task<Included> IncludedAsync(ApiCall call, Rows rows, Entry entry, LinkView link, Sight? sight = null)
        => Included.Of(link, (await BehindAsync(call, rows, entry, link, sight)).Select(found => pieces.Shown(call, found)));

    /// <summary>The objects behind a link, in the live state or among the records.</summary>
    private async Task<IEnumerable<Entry>> BehindAsync(ApiCall call, Rows rows, Entry entry, LinkView link, Sight? sight = null)
        => link.Target.Declared.IsHistory ? await _kept.HistoryAsync(rows, link.Target, call.Caller, link.Field, entry.Id, sight: sight) : rows.Behind(call, entry, link);

    /// <summary>The rows of a list of which the live state does not hold all.</summary>
    private async Task<IEnumerable<Entry>> KeptAsync(ApiCall call, KindView kind, CollectionQuery query, Rows rows, Listing listing)
    {
        if (!kind.Kind.Declared.IsHistory) return rows.Under(kind.Kind, query.Keys()).Concat(await _kept.RemovedAsync(rows, kind.Kind)).OrderBy(e => e.Id);
        var asked = query.Keys().FirstOrDefault(key => key is { Value: long, Field: { Name: not "accountId", Index.InHistory: true } });
        return await _kept.HistoryAsync(rows, kind.Kind, call.Caller, asked.Field?.Name, asked.Value, listing);
    }

    private async Task<Answer> CreateAsync(ApiCall call, KindView kind, ImmutableArray<Body> bodies, CancellationToken cancel)
    {
        var written = new List<Written>();
        foreach (var body in bodies) written.Add(await _writes.CreateAsync(call, kind, OldNames.Read(call, kind, body), cancel));
        if (written is [{ Many: false } one]) return Done(call, one, 201);
        var now = call.At(store.Current);
        return Answer.Json(json => new CollectionWriter(now, Writer(now)).WriteLink(json, kind, new Page([.. written.SelectMany(w => w.Entries)], false), null, null), 201);
    }

    private async Task<Answer> ResourceAsync(ApiCall call, KindView kind, Entry target, HttpRequest request, CancellationToken cancel)
    {
        switch (call.Method)
        {
            case "GET":
                return await SingleAsync(call, target);
            case "PUT" when kind.MayUpdate && target.IsRemoved:
                throw new ProblemException(Problem.Conflict("It is removed"));
            case "PUT" when kind.MayUpdate:
                var body = (await BodyReader.ReadAsync(request, call.Query, cancel))[0];
                return Done(call, await _writes.UpdateAsync(call, kind, target, body, cancel), 200);
            case "DELETE" when kind.MayDelete && !target.IsRemoved:
                return Done(call, await _writes.RemoveAsync(call, target, cancel), 200);
            case "POST" when call.Parameter("action") is { } action:
                return await ActionAsync(call, kind, target, action.ToLowerInvariant(), request, cancel);
            default:
                throw NotAllowed();
        }
    }

    private async Task<Answer> SingleAsync(ApiCall call, Entry target)
    {
        var include = call.Catalog.Shown(target.Kind) is { } view ? CollectionQuery.Parse(view, call.Query).Include : null;
        var included = include is null ? null : await IncludedAsync(call, RowsOf(call), target, include);
        return Answer.Json(json => Writer(call).Write(json, pieces.Shown(call, target), included));
    }

    private Page Shown(ApiCall call, Page page) => page with { Entries = [.. page.Entries.Select(entry => pieces.Shown(call, entry))] };

    private async Task<Answer> ActionAsync(ApiCall call, KindView kind, Entry target, string name, HttpRequest request, CancellationToken cancel)
    {
        if (!kind.Actions.TryGetValue(name, out var action))
            throw new ProblemException(new Problem(call.Catalog.Frozen?.Declares(kind.Names.Name, name) == true ? "ActionNotAvailable" : "InvalidAction", "action"));
        if (!Writer(call).Offers(target, kind, action)) throw new ProblemException(new Problem("ActionNotAvailable", "action"));
        var body = (await BodyReader.ReadAsync(request, [], cancel))[0];
        if (pieces.FindAction(target.Kind, name) is not { } piece)
            return Done(call, await _writes.AskAsync(call, target, action, body, cancel), 202);
        var input = _writes.BindInput(call, call.Snapshot, action, body);
        return Outcome(call.At(store.Current), kind, await piece.RunAsync(new ActionCall(call, target, input, body, store), cancel));
    }

    private Answer Outcome(ApiCall call, KindView kind, ActionOutcome outcome)
    {
        if (outcome.Type is { } type)
            return Answer.Json(json => ValueWriter.For(WireType.Parse(type), catalogs.Catalog, call.Catalog.FindShape).Write(json, outcome.Record));
        var entries = outcome.Entries ?? [];
        var now = call.At(store.Current);
        return outcome.Many
            ? Answer.Json(json => new CollectionWriter(now, Writer(now)).WriteLink(json, entries.Length > 0 ? call.Catalog.Shown(entries[0].Kind) ?? kind : kind, new Page(entries, false), null, null))
            : Answer.Json(json => Writer(now).Write(json, entries[0]), outcome.Status);
    }

    private async Task<Answer> LinkAsync(ApiCall call, KindView kind, Entry target, string word, HttpRequest request, CancellationToken cancel)
    {
        if (pieces.LinksOf(call, target).FirstOrDefault(own => own.Link.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } computed)
            return Only(call, Outcome(call, kind, await computed.FollowAsync(call, target, cancel)));
        if (kind.FindLink(word) is not { } link) return ScopedList(call, target, word);
        if (call.Catalog.Find(link.Target) is not { } shown) throw new ProblemException(Problem.NotFound());
        var parent = kind.IdOf(target) ?? "";
        if (call.Method == "POST" && link.Kind == LinkKind.Child && shown.MayCreate)
        {
            var bodies = await BodyReader.ReadAsync(request, call.Query, cancel);
            return await CreateAsync(call, shown, [.. bodies.Select(body => body.WithDefault(link.Field, parent))], cancel);
        }

        if (call.Method != "GET") throw NotAllowed();
        var rows = await BehindAsync(call, RowsOf(call), target, link);
        if (link.Kind == LinkKind.Reference) return await SingleAsync(call, rows.FirstOrDefault() ?? throw new ProblemException(Problem.NotFound()));
        var query = link.Paged ? CollectionQuery.Parse(shown, call.Query) with { Conditions = new CollectionQuery().Conditions } : null;
        var page = query is null ? new Page([.. rows], false) : new Listing(query, shown.Kind, call, pieces, time.GetUtcNow()).PageOf(rows, listed: false);
        (string, string)? defaults = shown.MayCreate && link.Kind == LinkKind.Child ? (link.Field, parent) : null;
        return Answer.Json(json => new CollectionWriter(call, Writer(call)).WriteLink(json, shown, Shown(call, page), defaults, query));
    }

    /// <summary>A project's members are its link and not a collection in its scope; every other word after a project's id is one.</summary>
    private Answer ScopedList(ApiCall call, Entry target, string word)
    {
        if (target.Kind.Name != "project" || call.Method != "GET" || call.Catalog.FindByWord(word) is not { MayList: true } kind)
            throw new ProblemException(Problem.NotFound());
        var page = new Page([.. RowsOf(call).All(kind.Kind).Where(row => !row.IsRemoved && row.Wanted.AccountId == target.Id)], false);
        return Answer.Json(json => new CollectionWriter(call, Writer(call)).WriteLink(json, kind, Shown(call, page), null, null));
    }

    private Answer Done(ApiCall call, Written written, int status)
    {
        var now = call.At(store.Current);
        return Answer.Json(json => Writer(now).Write(json, written.Entries[0], shown: written.Shown), status);
    }

    private ResourceWriter Writer(ApiCall call) => new(call, pieces);

    private Rows RowsOf(ApiCall call) => new(catalogs.Catalog, pieces, call.Snapshot, call.Caller);

    private static ProblemException NotAllowed() => new(Problem.NotAllowed());
}
