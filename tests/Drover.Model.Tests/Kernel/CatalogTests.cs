using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;

namespace Drover.Model.Tests.Kernel;

public sealed class CatalogTests
{
    [Fact]
    public void The_fields_of_the_shared_spec_stand_directly_in_a_container()
    {
        var kind = Catalog.All.Of<Container>();
        var container = new Container { Spec = new ContainerSpec { ImageUuid = "docker:busybox" } };

        kind["imageUuid"].Get(container).ShouldBe("docker:busybox");
        kind["imageUuid"].Type.ToString().ShouldBe("string");
    }

    [Fact]
    public void Setting_fields_copies_nested_records_and_leaves_the_old_ones_alone()
    {
        var kind = Catalog.All.Of<Container>();
        var before = new Container { Name = "a", Spec = new ContainerSpec { ImageUuid = "docker:one" } };

        var after = Shape.With(before, [new(kind["imageUuid"], "docker:two"), new(kind["user"], "root"), new(kind["name"], null)]);

        after.Spec.ImageUuid.ShouldBe("docker:two");
        after.Spec.User.ShouldBe("root");
        after.Name.ShouldBeNull();
        before.Spec.ImageUuid.ShouldBe("docker:one");
    }

    [Theory]
    [InlineData("Containers", "container")]
    [InlineData("service", "service")]
    [InlineData("APIKEYS", "apiKey")]
    public void A_kind_is_found_by_singular_or_plural_in_any_letter_case(string word, string kind)
        => Catalog.All.FindByWord(word)!.Name.ShouldBe(kind);

    [Fact]
    public void Every_struct_that_a_field_names_is_declared()
        => Catalog.All.Kinds.Cast<Shape>().Concat(Catalog.All.Structs)
            .SelectMany(shape => shape.Fields.Where(f => f.Type.Leaf is var leaf && !f.Type.ToString().Contains("reference", StringComparison.Ordinal) && WireType.Parse(leaf).IsStruct))
            .Where(f => Catalog.All.FindShape(f.Type.Leaf) is null && f.Side != Side.View)
            .ShouldBeEmpty();

    [Fact]
    public void A_field_that_shows_a_struct_holds_records_of_that_struct()
        => Catalog.All.Kinds.Cast<Shape>().Concat(Catalog.All.Structs)
            .SelectMany(shape => shape.Fields.Where(f => f.ClrType is { } held && held != typeof(RawJson) && f.Type.IsStruct).Select(f => (Field: $"{shape.Name}.{f.Name}", Shows: f.Type.Base, Holds: f.ClrType!)))
            .Where(f => Catalog.All.FindShape(f.Shows) is { } shown && !shown.ClrType.IsAssignableFrom(f.Holds))
            .ShouldBeEmpty();

    [Fact]
    public void Secrets_of_keys_are_shown_once_and_never_to_readers_again()
    {
        var access = Catalog.All.FindKind("apiKey")!["secretValue"].Access;

        access.Of(Roles.Owner).ShouldBe(Access.Read | Access.Once);
        access.Of(Roles.Superadmin).ShouldBe(Access.Read | Access.Create | Access.Update);
        access.Of(Roles.Agent).ShouldBe(Access.None);
    }

    [Fact]
    public void A_service_is_activated_from_inactive_and_ends_active()
    {
        var cycle = Catalog.All.Of<Service>().Lifecycle!;

        cycle.Ask("activate", "inactive").ShouldBe(new Move("inactive", "activating", "active"));
        cycle.Ask("activate", "removed").ShouldBeNull();
        cycle.ActionsIn("active").ShouldContain("deactivate");
        cycle.IsTransitioning("updating-active").ShouldBeTrue();
        cycle.Settled("registering").ShouldBe("inactive");
    }

    [Theory]
    [InlineData("1st5", 5)]
    [InlineData("1zz5", 5)]
    [InlineData("1s!7", 7)]
    public void The_letters_of_an_id_are_not_checked(string text, long number)
    {
        ResourceId.TryParse(text, out var id).ShouldBeTrue();
        id.ShouldBe(number);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("15")]
    [InlineData("1s")]
    [InlineData("1s-5")]
    [InlineData("")]
    public void Plain_numbers_and_rubbish_are_no_ids(string text) => ResourceId.TryParse(text, out _).ShouldBeFalse();
}
