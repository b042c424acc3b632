using System.Collections.Immutable;
using Drover.Model.Kernel;

namespace Drover.Server.Api.Queries;

/// <summary>One page of a list.</summary>
/// <param name="Entries">At most as many as the limit.</param>
/// <param name="HasMore">True where a next page exists.</param>
public sealed record Page(ImmutableArray<Entry> Entries, bool HasMore);
