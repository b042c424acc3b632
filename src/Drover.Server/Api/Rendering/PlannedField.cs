using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Api.Views;

namespace Drover.Server.Api.Rendering;

/// <summary>A field of a <see cref="ResourcePlan"/>.</summary>
/// <param name="View">As the role sees it.</param>
/// <param name="Own">The field of the object's own kind; null where it has none.</param>
/// <param name="Computed">What computes it; null where the stored value is shown.</param>
internal sealed record PlannedField(FieldView View, Field? Own, IViewField? Computed)
{
    /// <summary>True for flags that show their default where nothing is stored.</summary>
    public bool IsFlag { get; } = View.Field.Type.Base == "boolean" && !View.Field.Nullable;

    public object? ValueOf(ApiCall call, Entry entry)
    {
        var value = View.Value is { } given ? given(entry) : Own is null ? null : Computed is null ? entry.Value(Own) : Computed.Value(call, entry);
        return value is null && IsFlag ? View.Field.Default?.ValueKind == JsonValueKind.True : value;
    }
}

/// <summary>A link of a <see cref="ResourcePlan"/>.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Word">The last part of its address.</param>
/// <param name="Reference">The field that must hold a reference for the link to be there; null where it always is.</param>
internal sealed record PlannedLink(JsonEncodedText Name, string Word, PlannedField? Reference);
