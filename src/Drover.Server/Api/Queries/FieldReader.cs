using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Api.Views;

namespace Drover.Server.Api.Queries;

/// <summary>Reads one field from many rows; what its kind makes of it is looked up when the kind changes. Not thread-safe.</summary>
public sealed class FieldReader(FieldView field, ApiCall call, KindPieces pieces)
{
    private Kind? _kind;
    private Field? _own;
    private IViewField? _computed;

    /// <summary>The value that a row shows; null where its kind has no such field or the role does not see it there: nothing hidden is found by a condition.</summary>
    public object? Of(Entry row)
    {
        if (!ReferenceEquals(row.Kind, _kind))
        {
            _kind = row.Kind;
            _own = call.Catalog.Shown(_kind)?.Find(field.Name) is null ? null : _kind.Find(field.Name);
            _computed = _own is null ? null : pieces.ComputedBy(_kind, _own);
        }

        return field.Value is { } given ? given(row) : _own is null ? null : _computed is null ? row.Value(_own) : _computed.Value(call, row);
    }
}
