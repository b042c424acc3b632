using System.Globalization;

namespace Drover.Agent.Docker.Engine.Events;

/// <summary>The engine's events.</summary>
public sealed class EventOperations
{
    private readonly EngineConnection _connection;

    internal EventOperations(EngineConnection connection) => _connection = connection;

    /// <summary>
    /// Yields events until cancelled. The stream ends, or throws a lost connection, when the daemon goes away; whoever
    /// reads it connects again from the last event's time and lists afresh, since an engine keeps no more than the last 256.
    /// </summary>
    /// <param name="sinceNano">
    /// Nanoseconds since 1970, inclusive: events from then on are told first. A time just before a list closes the gap
    /// between the list and the stream, because a stream begins a moment after it was asked for.
    /// </param>
    /// <param name="untilNano">Ends the stream at this time, now or later; null never.</param>
    /// <param name="filters">Such as <c>type</c>, <c>event</c>, <c>label</c>.</param>
    /// <param name="cancellation">Ends the stream.</param>
    public IAsyncEnumerable<EngineEvent> StreamAsync(
        long? sinceNano = null, long? untilNano = null, EngineFilters? filters = null, CancellationToken cancellation = default) =>
        _connection.StreamAsync(
            EngineRequest.Get(new EngineUri("/events").With("since", Timestamp(sinceNano)).With("until", Timestamp(untilNano)).With(filters))
                .WithoutDeadline(),
            EngineJson.Default.EngineEvent, cancellation);

    private static string? Timestamp(long? nano) => nano is { } given
        ? string.Create(CultureInfo.InvariantCulture, $"{given / 1_000_000_000}.{given % 1_000_000_000:D9}")
        : null;
}
