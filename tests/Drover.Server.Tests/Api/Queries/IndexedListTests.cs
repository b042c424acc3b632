using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Queries;
using Drover.Server.Api.Seams;
using Drover.Server.Api.Views;
using Drover.Store;
using FsCheck;
using FsCheck.Fluent;

namespace Drover.Server.Tests.Api.Queries;

/// <summary>Lists that start from an index of the store hold what a look at every row gives.</summary>
public sealed class IndexedListTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string?[] Names = ["web", "Web", "WEB", "db", "db-1", "zz", null];
    private static readonly string[] Terms =
    [
        "name=web", "name=WEB", "name=nobody", "name=", "name_ne=db", "name_prefix=d", "name_null", "name_notnull",
        "uuid=u7", "uuid=U7", "stackId=1st2", "stackId=1st3", "stackId=2", "serviceId=1s1", "externalId=E3", "externalId=nothing",
        "deploymentUnitUuid=d1", "accountId=1a5", "accountId=1a7", "state=running", "publicValue=P1",
        "sort=name", "sort=uuid", "sort=created", "sort=state", "sort=stackId", "sort=id", "order=desc", "order=asc",
        "limit=1", "limit=7", "limit=40", "limit=-1", "marker=m3", "marker=m30",
    ];

    private static readonly RoleCatalogs Catalogs = new(Catalog.All);
    private static readonly KindPieces Pieces = new KindPieces().Add(new ShownState());

    private static readonly Caller[] Callers =
    [
        new Caller(Roles.Admin, 1, 1),
        new Caller(Roles.Owner, 5, 1),
        new Caller(Roles.Owner, 9, 1),
    ];

    private static readonly Lazy<Task<Snapshot>> Filled = new(FillAsync);

    [Theory]
    [InlineData("container")]
    [InlineData("instance")]
    [InlineData("apiKey")]
    [InlineData("credential")]
    public async Task Any_list_holds_what_a_look_at_every_row_gives(string kind)
    {
        var snapshot = await Filled.Value;
        Prop.ForAll(Questions, question => Agrees(snapshot, Catalog.All.FindKind(kind)!, question)).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("sort=name", 2)]
    [InlineData("sort=name&order=desc&limit=3", 40)]
    public async Task A_kept_order_is_left_when_it_passes_too_many_rows(string query, int mostPassed)
        => Agrees(await Filled.Value, Catalog.All.Of<Container>(), new Question(Read(query), Callers[2], mostPassed)).ShouldBeTrue();

    [Fact]
    public async Task A_condition_on_a_computed_field_asks_no_index()
    {
        var (snapshot, kind) = (await Filled.Value, Catalog.All.Of<Container>());
        var pieces = new KindPieces().Add(new SameName());

        Found("name=same").ShouldBe(snapshot.All(kind).Count(e => !e.IsRemoved));
        Found("name=web").ShouldBe(0);

        int Found(string query)
        {
            var call = Call(snapshot, Callers[0]);
            var parsed = CollectionQuery.Parse(call.Catalog.Find(kind)!, Read(query + "&limit=-1"));
            return new Listing(parsed, kind, call, pieces, Noon).PageOf(new Rows(Catalog.All, pieces, snapshot, call.Caller)).Entries.Length;
        }
    }

    private static Arbitrary<Question> Questions
        => (from terms in Gen.Elements(Terms).ListOf(5)
            from caller in Gen.Elements(Callers)
            from most in Gen.Elements(3, 60, Listing.MostPassed)
            select new Question(Read(string.Join('&', terms)), caller, most)).ToArbitrary();

    private static bool Agrees(Snapshot snapshot, Kind kind, Question question)
    {
        var call = Call(snapshot, question.Caller);
        var view = Catalogs.Of(Roles.Admin).Find(kind)!;
        var query = CollectionQuery.Parse(view, question.Query);
        var page = new Listing(query, kind, call, Pieces, Noon, question.MostPassed).PageOf(new Rows(Catalog.All, Pieces, snapshot, question.Caller));
        var expected = Plainly(snapshot, kind, query, call).ToList();
        return page.Entries.Select(e => e.Id).SequenceEqual(expected.Skip(query.Offset).Take(query.Limit).Select(e => e.Id))
            && page.HasMore == expected.Count > query.Offset + query.Limit;
    }

    /// <summary>The whole list by the plainest means.</summary>
    private static IEnumerable<Entry> Plainly(Snapshot snapshot, Kind kind, CollectionQuery query, ApiCall call)
    {
        var tests = query.Conditions.Values.SelectMany(c => c).Select(c => (c.Field, Test: c.Compile(Noon))).ToList();
        var rows = Catalog.All.Kinds.Where(k => kind.IsRoot ? k.Family == kind.Family && !k.IsBase : k == kind)
            .SelectMany(kind => snapshot.All(kind))
            .Where(e => (call.Caller.SeesAllAccounts || e.Wanted.AccountId == call.Caller.AccountId) && call.Caller.Reads(e) && !e.IsRemoved && tests.TrueForAll(t => t.Test(Value(e, t.Field))));
        return (query.Sort, query.Descending) switch
        {
            (null, false) => rows.OrderBy(e => e.Id),
            (null, true) => rows.OrderByDescending(e => e.Id),
            ({ } sort, false) => rows.OrderBy(e => Value(e, sort), Comparer<object?>.Create(Order)).ThenBy(e => e.Id),
            ({ } sort, true) => rows.OrderByDescending(e => Value(e, sort), Comparer<object?>.Create(Order)).ThenByDescending(e => e.Id),
        };

        object? Value(Entry entry, FieldView field) => entry.Kind.Find(field.Name) is { } own ? Pieces.ValueOf(call, entry, own) : null;
    }

    private static int Order(object? x, object? y)
        => x is string a && y is string b ? string.Compare(a, b, StringComparison.OrdinalIgnoreCase) : Comparer<object?>.Default.Compare(x, y);

    private static ApiCall Call(Snapshot snapshot, Caller caller)
        => new(new ApiPath("v2-beta", null, "containers", null, null), caller, Catalogs.Of(caller.Role), snapshot, new UrlSpace("http://server", "v2-beta", null));

    private static ImmutableArray<KeyValuePair<string, string>> Read(string query)
        => [.. query.Split('&').Select(term => term.Split('=')).Select(parts => KeyValuePair.Create(parts[0], parts.Length > 1 ? parts[1] : ""))];

    private static async Task<Snapshot> FillAsync()
    {
        await using var store = new ResourceStore(Catalog.All, new Testing.ManualTime(), Guid.NewGuid);
        var random = new Random(3);
        await store.WriteAsync(tx =>
        {
            for (var i = 0; i < 150; i++)
            {
                var account = Pick<long?>([5, 7, null]);
                tx.Create(
                    new Container { Name = Pick(Names), Uuid = $"u{i}", AccountId = account, StackId = Pick<long?>([1, 2, null]), ServiceId = Pick<long?>([1, null]), DeploymentUnitUuid = Pick(["d1", "D1", null]) },
                    new ContainerSeen { State = Pick(["running", "stopped"]), ExternalId = Pick(["e3", "E3", "e4", null]), Removed = Pick<DateTimeOffset?>([null, null, Noon]) });
                if (i % 3 == 0) tx.Create(new ApiKey { Name = Pick(Names), AccountId = account, PublicValue = Pick(["p1", "P1", "p2"]) }, new PlainSeen { State = "active" });
                else tx.Create(new RegistryCredential { Name = Pick(Names), AccountId = account, PublicValue = Pick(["p1", "P1"]) }, new PlainSeen { State = "active" });
            }
        });
        return store.Current;

        T Pick<T>(T[] from) => from[random.Next(from.Length)];
    }

    private sealed record Question(ImmutableArray<KeyValuePair<string, string>> Query, Caller Caller, int MostPassed)
    {
        public override string ToString() => $"{string.Join('&', Query.Select(q => $"{q.Key}={q.Value}"))} as {Caller.Role} of {Caller.AccountId}, {MostPassed} passed at most";
    }

    /// <summary>Shows another state than the stored one.</summary>
    private sealed class ShownState : IViewField
    {
        public string Kind => "container";

        public string Field => "state";

        public object? Value(ApiCall call, Entry entry) => entry.Id % 2 == 0 ? "running" : entry.State;
    }

    /// <summary>Computes a field that the store indexes.</summary>
    private sealed class SameName : IViewField
    {
        public string Kind => "container";

        public string Field => "name";

        public object? Value(ApiCall call, Entry entry) => "same";
    }
}
