namespace Drover.Model.Kernel;

/// <summary>A row whose id on the wire is no number: it is shown as it is, and null where the row has none.</summary>
public interface IOwnId
{
    /// <summary>The id; null where the row has none, and then no link to itself.</summary>
    string? WireId { get; }
}
