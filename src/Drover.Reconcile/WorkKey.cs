namespace Drover.Reconcile;

/// <summary>What is to be looked at: an object (or a group of them) by number, for one reconciler.</summary>
/// <param name="Reconciler">Name of the reconciler.</param>
/// <param name="Id">The number that the reconciler knows it by.</param>
public readonly record struct WorkKey(string Reconciler, long Id)
{
    public override string ToString() => $"{Reconciler}/{Id}";
}
