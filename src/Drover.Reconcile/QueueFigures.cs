namespace Drover.Reconcile;

/// <summary>How many keys a work queue holds; each counts once.</summary>
/// <param name="Ready">Keys that can be worked on now.</param>
/// <param name="Active">Keys that are worked on.</param>
/// <param name="Delayed">Keys that wait for their time: a next look, or the next try after a failure.</param>
public readonly record struct QueueFigures(int Ready, int Active, int Delayed);
