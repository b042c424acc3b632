using Drover.Model.Kernel;

namespace Drover.Server.Api.Views;

/// <summary>How a link leads to other objects.</summary>
public enum LinkKind
{
    /// <summary>To the one object that a field names.</summary>
    Reference,

    /// <summary>To the one object that a field names, as a list.</summary>
    References,

    /// <summary>To the objects whose field names this one.</summary>
    Child,

    /// <summary>To the objects that rows of a kind between the two name.</summary>
    Map,
}

/// <summary>A link as one role sees it.</summary>
/// <param name="Name">Key in `links`, in camel case.</param>
/// <param name="Kind">How it leads there.</param>
/// <param name="Target">The kind (or base kind) it leads to.</param>
/// <param name="Field">The field that holds the reference: of this kind for references, of the target for children, of the rows between for maps.</param>
/// <param name="Paged">True for links that honour limit, marker and sort, as 1.6's map links do.</param>
public sealed record LinkView(string Name, LinkKind Kind, Kind Target, string Field, bool Paged = false)
{
    internal string Word { get; } = Name.ToLowerInvariant();

    /// <summary>The kind of the rows between; null for other links than maps.</summary>
    public Kind? Via { get; init; }

    /// <summary>The field of the rows between that names the target.</summary>
    public string Far { get; init; } = "";
}
