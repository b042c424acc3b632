using System.Collections.Immutable;
using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Api.Seams;
using Drover.Server.Api.Views;

namespace Drover.Server.Api.Rendering;

/// <summary>What answers show of the objects of one kind in one role's form, worked out once: fields in their order, links, and actions that somebody runs.</summary>
public sealed class ResourcePlan
{
    /// <param name="catalog">The role's schemas.</param>
    /// <param name="view">The form in which objects are shown.</param>
    /// <param name="kind">What they are.</param>
    /// <param name="pieces">What computes, filters and adds.</param>
    internal ResourcePlan(RoleCatalog catalog, KindView view, Kind kind, KindPieces pieces)
    {
        View = view;
        Self = view.Kind.Declared.Unlisted ? catalog.FindByWord(view.Kind.Family) ?? view : view;
        Fields = [.. InOrder(view).Select(field => Plan(field, ReferenceEquals(kind, view.Kind) ? field.Field : kind.Find(field.Name)))];
        Links = [.. view.Links.Where(link => link.Kind != LinkKind.Reference || kind.Find(link.Field) is not null).Select(PlanLink)];
        Collections = kind.Name == "project"
            ? [.. catalog.Kinds.Where(k => k.MayList && view.FindLink(k.Names.Plural) is null).Select(k => (JsonEncodedText.Encode(k.Names.Plural), k.PluralLower))]
            : [];
        Actions = [.. view.Actions.Values.Where(action => pieces.CanRun(kind, action)).OrderBy(action => action.Name, StringComparer.Ordinal)];
        ActionFilters = [.. pieces.Of<IActionFilter>(kind)];
        OwnLinks = [.. pieces.Of<IKindLink>(kind).Select(link => (JsonEncodedText.Encode(link.Link), link))];
        ExtraLinks = [.. pieces.Of<IExtraLinks>(kind)];

        PlannedField Plan(FieldView field, Field? own) => new(field, own, own is null ? null : pieces.ComputedBy(kind, own));
        PlannedLink PlanLink(LinkView link) => new(
            JsonEncodedText.Encode(link.Name),
            link.Word,
            link.Kind == LinkKind.Reference && kind.Find(link.Field) is { } field ? Plan(view.Find(link.Field)!, field) : null);
    }

    public KindView View { get; }

    /// <summary>The kind in whose collection the object's own address is.</summary>
    public KindView Self { get; }

    internal ImmutableArray<PlannedField> Fields { get; }

    internal ImmutableArray<PlannedLink> Links { get; }

    /// <summary>The lists in the scope of an environment, with the last part of their addresses; none for other kinds.</summary>
    internal ImmutableArray<(JsonEncodedText Name, string Word)> Collections { get; }

    /// <summary>The actions that a piece or the life cycle runs, in ordinal order.</summary>
    internal ImmutableArray<ActionView> Actions { get; }

    internal ImmutableArray<IActionFilter> ActionFilters { get; }

    /// <summary>Links that are computed when they are followed.</summary>
    internal ImmutableArray<(JsonEncodedText Name, IKindLink Link)> OwnLinks { get; }

    internal ImmutableArray<IExtraLinks> ExtraLinks { get; }

    private static IEnumerable<FieldView> InOrder(KindView view)
        => new[] { view.Find("name"), view.Find("state") }.OfType<FieldView>()
            .Concat(view.Fields.Where(field => field.Name is not ("id" or "name" or "state") && !field.Field.Declared.NotInList));
}
