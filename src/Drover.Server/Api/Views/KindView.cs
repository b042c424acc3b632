using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Api.Queries;

namespace Drover.Server.Api.Views;

/// <summary>A kind as one role sees it: fields, methods, actions and links.</summary>
public sealed class KindView : ShapeView
{
    private FieldView[]? _columns;

    internal KindView(Kind kind, Roles role)
        : base(kind)
    {
        Kind = kind;
        Methods = kind.MethodsOf(role);
        PluralLower = kind.Plural.ToLowerInvariant();
        TypeText = JsonEncodedText.Encode(kind.Name);
        BaseTypeText = JsonEncodedText.Encode(kind.BaseType);
        Actions = ActionView.Of(kind, role).ToFrozenDictionary(a => a.Name, StringComparer.Ordinal);
    }

    public Kind Kind { get; }

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

    public bool MayList => Methods.Contains('r', StringComparison.Ordinal) && !Kind.Declared.Unlisted;

    public bool MayCreate => Methods.Contains('c', StringComparison.Ordinal);

    public bool MayUpdate => Methods.Contains('u', StringComparison.Ordinal);

    public bool MayDelete => Methods.Contains('d', StringComparison.Ordinal);

    /// <summary>The fields that its lists can be filtered and sorted by.</summary>
    internal FieldView[] Columns => _columns ??= [.. Fields.Where(CollectionQuery.IsFilterable)];

    internal JsonEncodedText TypeText { get; }

    internal JsonEncodedText BaseTypeText { get; }

    public LinkView? FindLink(string word)
    {
        foreach (var link in Links)
            if (link.Name.Equals(word, StringComparison.OrdinalIgnoreCase))
                return link;
        return null;
    }
}
