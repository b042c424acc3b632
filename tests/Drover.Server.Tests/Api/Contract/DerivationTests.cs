using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Api;
using Drover.Server.Api.Binding;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Rendering;
using Drover.Server.Api.Views;
using Drover.Store;

namespace Drover.Server.Tests.Api.Contract;

/// <summary>A change of a flag, a bound or a role in a declaration changes schema and behaviour together: nothing is served from a copy.</summary>
public sealed class DerivationTests
{
    /// <summary>As it was declared.</summary>
    [Kind("crate")]
    public sealed record Crate : Resource
    {
        [Field("c", Min = 1, Max = 5)]
        public long? Weight { get; init; }

        [Field("c")]
        public string? Colour { get; init; }
    }

    /// <summary>The same with another flag, another bound and a role less.</summary>
    [Kind("crate")]
    [Allow(Roles.Restricted, "")]
    public sealed record ChangedCrate : Resource
    {
        [Field("c", Min = 1, Max = 9)]
        public long? Weight { get; init; }

        [Field("cu"), For(Roles.Member, "r")]
        public string? Colour { get; init; }
    }

    private static readonly Catalog Before = new([typeof(Crate)], []);
    private static readonly Catalog After = new([typeof(ChangedCrate)], []);

    [Fact]
    public void A_flag_changes_what_the_schema_says_and_what_an_update_sets()
    {
        (SchemaOf(Before, Roles.Owner).Field("colour", "update"), Updates(Before, Roles.Owner, """{"colour":"red"}""")).ShouldBe(("false", 0));
        (SchemaOf(After, Roles.Owner).Field("colour", "update"), Updates(After, Roles.Owner, """{"colour":"red"}""")).ShouldBe(("true", 1));
    }

    [Fact]
    public void A_bound_changes_what_the_schema_says_and_what_is_refused()
    {
        SchemaOf(Before, Roles.Owner).Field("weight", "max").ShouldBe("5");
        Should.Throw<ProblemException>(() => Create(Before, Roles.Owner, """{"weight":7}""")).Problem.ShouldSatisfyAllConditions(p => p.Code.ShouldBe("MaxLimitExceeded"), p => p.Field.ShouldBe("weight"));
        SchemaOf(After, Roles.Owner).Field("weight", "max").ShouldBe("9");
        ((ChangedCrate)Create(After, Roles.Owner, """{"weight":7}""")).Weight.ShouldBe(7);
    }

    [Fact]
    public void A_role_changes_what_the_schema_says_and_what_is_bound()
    {
        SchemaOf(Before, Roles.Member).Field("colour", "create").ShouldBe("true");
        ((Crate)Create(Before, Roles.Member, """{"colour":"red"}""")).Colour.ShouldBe("red");
        SchemaOf(After, Roles.Member).Field("colour", "create").ShouldBe("false");
        ((ChangedCrate)Create(After, Roles.Member, """{"colour":"red"}""")).Colour.ShouldBeNull();
        new RoleCatalogs(Before).Of(Roles.Restricted).FindByWord("crates").ShouldNotBeNull();
        new RoleCatalogs(After).Of(Roles.Restricted).FindByWord("crates").ShouldBeNull();
    }

    private static object Create(Catalog catalog, Roles role, string json)
    {
        var schemas = new RoleCatalogs(catalog).Of(role);
        return RecordBinder.Create(schemas.FindByWord("crate")!, BodyOf(json), new Coercion(schemas, (_, _) => null));
    }

    private static int Updates(Catalog catalog, Roles role, string json)
    {
        var schemas = new RoleCatalogs(catalog).Of(role);
        return RecordBinder.Update(schemas.FindByWord("crate")!, BodyOf(json), new Coercion(schemas, (_, _) => null)).Count;
    }

    private static Body BodyOf(string json) => Body.From(JsonDocument.Parse(json).RootElement, []);

    private static Rendered SchemaOf(Catalog catalog, Roles role)
    {
        var schemas = new RoleCatalogs(catalog).Of(role);
        var store = new ResourceStore(catalog, TimeProvider.System, Guid.NewGuid);
        var call = new ApiCall(ApiPath.Parse("/v2-beta/schemas/crate"), new Caller(role, 1, 1), schemas, store.Current, new UrlSpace("http://h", "v2-beta", null));
        using var answer = Answer.Json(json => new SchemaWriter(call).Write(json, schemas.FindByWord("crate")!));
        using var document = JsonDocument.Parse(answer.Bytes);
        return new Rendered(document.RootElement.Clone());
    }

    private sealed record Rendered(JsonElement Schema)
    {
        public string Field(string name, string aspect) => Schema.GetProperty("resourceFields").GetProperty(name).GetProperty(aspect).GetRawText();
    }
}
