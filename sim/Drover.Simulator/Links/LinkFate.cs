namespace Drover.Simulator.Links;

/// <summary>What becomes of one frame on its way.</summary>
public enum LinkFate
{
    Deliver,
    Drop,
    Twice,

    /// <summary>The connection breaks in place of it.</summary>
    Cut,
}
