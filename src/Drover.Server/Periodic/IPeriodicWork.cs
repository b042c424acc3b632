namespace Drover.Server.Periodic;

/// <summary>Something the server does again and again. It is listed as `task`, and can be asked for at once (OPS-07).</summary>
public interface IPeriodicWork
{
    /// <summary>Its name on the wire, such as "token.purge".</summary>
    string Name { get; }

    /// <summary>The time between the end of one run and the beginning of the next.</summary>
    TimeSpan Every { get; }

    /// <summary>Does it once. What it throws is told in the row of the run; it is tried again when its time comes.</summary>
    Task RunAsync(CancellationToken cancel);
}
