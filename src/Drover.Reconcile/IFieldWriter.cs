using System.Collections.Immutable;

namespace Drover.Reconcile;

/// <summary>A component that writes fields by itself, without a caller asking.</summary>
public interface IFieldWriter
{
    /// <summary>The name that <see cref="Drover.Model.Kernel.FieldAttribute.Owner"/> gives it.</summary>
    string Name { get; }

    /// <summary>The fields it writes, such as "container.hostId"; "service.seen" is the whole status of a kind.</summary>
    ImmutableArray<string> Writes { get; }
}
