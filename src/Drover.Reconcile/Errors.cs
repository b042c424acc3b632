namespace Drover.Reconcile;

/// <summary>Something outside did not work this time: tried again after a back-off, with the reason shown.</summary>
public sealed class TransientException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The ways in which work on a key can fail.</summary>
public enum Failure
{
    /// <summary>The object itself is wrong: shown, and tried again when it changes.</summary>
    Problem,

    /// <summary>Someone else wrote meanwhile: tried again on a fresh snapshot.</summary>
    Conflict,

    /// <summary>Something outside did not work: tried again after a back-off.</summary>
    Transient,

    /// <summary>A fault of our own: counted, shown, tried again after a back-off.</summary>
    Defect,
}
