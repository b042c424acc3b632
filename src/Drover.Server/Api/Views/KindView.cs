using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Api.Queries;

namespace Drover.Server.Api.Views;

/// <summary>A kind as one role sees it: fields, methods, actions and links.</summary>
public sealed class KindView : ShapeView
{
    private FieldView[]? _columns;

    private readonly bool _isListed;

    internal KindView(Kind kind, Roles role)
        : this(kind, new KindNames(kind.Name, kind.Plural, kind.BaseType, kind.ShortType), kind.MethodsOf(role), !kind.Declared.Unlisted, ActionView.Of(kind, role))
    {
    }

    internal KindView(Kind kind, KindNames names, string methods, bool isListed, IEnumerable<ActionView> actions)
        : base(kind)
    {
        Kind = kind;
        Names = names;
        Methods = methods;
        _isListed = isListed;
        PluralLower = names.Plural.ToLowerInvariant();
        TypeText = JsonEncodedText.Encode(names.Name);
        BaseTypeText = JsonEncodedText.Encode(names.BaseType);
        Actions = actions.ToFrozenDictionary(a => a.Name, StringComparer.Ordinal);
    }

    public Kind Kind { get; }

    /// <summary>What the version of the API calls it.</summary>
    public KindNames Names { get; }

    /// <summary>Letters of c, r, u, d.</summary>
    public string Methods { get; }

    public string PluralLower { get; }

    /// <summary>The actions the role may ask for, by lower-case name.</summary>
    public FrozenDictionary<string, ActionView> Actions { get; }

    /// <summary>The links of its resources, in ordinal order.</summary>
    public ImmutableArray<LinkView> Links { get; internal set; } = [];

    /// <summary>The columns that the contract lets lists be filtered by, with the type as which each is compared.</summary>
    public IEnumerable<(string Name, WireType Type)> Filters
        => Kind.Fields.Where(CollectionQuery.IsColumn).Select(f => (f.Name, f.ComparedAs))
            .Concat(Kind.Columns.Select(column => (column.Name, WireType.Parse(column.Type))));

    public bool MayList => _isListed && Methods.Contains('r', StringComparison.Ordinal);

    public bool MayCreate => Methods.Contains('c', StringComparison.Ordinal);

    public bool MayUpdate => Methods.Contains('u', StringComparison.Ordinal);

    public bool MayDelete => Methods.Contains('d', StringComparison.Ordinal);

    /// <summary>The other kinds of the family whose objects its lists hold; none but for a family's root.</summary>
    internal ImmutableArray<KindView> Members { get; set; } = [];

    /// <summary>The fields that its lists can be filtered and sorted by: its own, and of its members' those that the contract names for it.</summary>
    internal FieldView[] Columns => _columns ??= [.. Fields.Where(CollectionQuery.IsFilterable).Concat(OfMembers()).OrderBy(column => column.Name, StringComparer.Ordinal)];

    internal JsonEncodedText TypeText { get; }

    internal JsonEncodedText BaseTypeText { get; }

    /// <summary>The id of an object on the wire; null for the few that have none.</summary>
    public string? IdOf(Entry entry)
        => entry.Wanted is IOwnId own ? own.WireId : Kind.Declared.NamedId ? entry.Wanted.Name ?? "" : string.Create(CultureInfo.InvariantCulture, $"1{Names.Letters}{entry.Id}");

    /// <summary>A field that its lists can be filtered and sorted by; null for everything else.</summary>
    internal FieldView? FindColumn(string name)
    {
        foreach (var column in Columns)
            if (column.Name.Equals(name, StringComparison.Ordinal))
                return column;
        return null;
    }

    public LinkView? FindLink(string word)
    {
        foreach (var link in Links)
            if (link.Name.Equals(word, StringComparison.OrdinalIgnoreCase))
                return link;
        return null;
    }

    private IEnumerable<FieldView> OfMembers()
        => Filters.Where(column => Find(column.Name) is null)
            .Select(column => Members.Select(member => member.Find(column.Name)).FirstOrDefault(CollectionQuery.IsFilterable))
            .OfType<FieldView>();
}
