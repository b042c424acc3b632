using System.Collections.Immutable;

namespace Drover.Reconcile;

/// <summary>A component that writes fields by itself, without a caller asking.</summary>
public interface IFieldWriter
{
    /// <summary>The name that <see cref="Drover.Model.Kernel.FieldAttribute.Owner"/> gives it.</summary>
    string Name { get; }

    /// <summary>The fields it writes, such as "container.hostId"; "service.seen" is the whole status of a kind. A part after a colon says when it is theirs to write, as in "container.seen:unplaced".</summary>
    ImmutableArray<string> Writes { get; }
}
