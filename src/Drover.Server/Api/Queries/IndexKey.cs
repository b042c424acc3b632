using Drover.Model.Kernel;

namespace Drover.Server.Api.Queries;

/// <summary>A condition that an index of the store can answer.</summary>
/// <param name="Field">A field with an index.</param>
/// <param name="Value">A number, or a text whose letter case does not count.</param>
public readonly record struct IndexKey(Field Field, object Value);
