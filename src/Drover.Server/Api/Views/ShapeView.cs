using System.Collections.Frozen;
using System.Collections.Immutable;
using Drover.Model.Kernel;

namespace Drover.Server.Api.Views;

/// <summary>A type of the API as one role sees it: the fields it may see, in ordinal order.</summary>
public class ShapeView
{
    private FrozenDictionary<string, FieldView> _byName = FrozenDictionary<string, FieldView>.Empty;

    internal ShapeView(Shape shape) => Shape = shape;

    public Shape Shape { get; }

    public ImmutableArray<FieldView> Fields { get; private set; } = [];

    public FieldView? Find(string name) => _byName.GetValueOrDefault(name);

    internal void Fill(IEnumerable<FieldView> fields)
    {
        Fields = [.. fields];
        _byName = Fields.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
    }
}
