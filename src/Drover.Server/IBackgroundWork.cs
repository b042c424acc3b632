namespace Drover.Server;

/// <summary>Runs beside the API from start to stop: reconcilers, intakes, clean-up.</summary>
public interface IBackgroundWork
{
    /// <summary>Name for logs.</summary>
    string Name { get; }

    /// <summary>Returns when it is cancelled. An exception is logged and it is started again after a second.</summary>
    Task RunAsync(CancellationToken cancel);
}
