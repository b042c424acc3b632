using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Drover.Integration.Durability;

/// <summary>One object as somebody outside knows it.</summary>
/// <param name="Id">The id on the wire.</param>
/// <param name="Uuid">What makes it itself: no other may have its id.</param>
/// <param name="Step">The step that its description tells; steps of one object only rise.</param>
internal sealed record Known(string Id, string Uuid, int Step)
{
    /// <summary>Reads a stack of the API.</summary>
    public static Known Of(JsonElement stack) => new(
        stack.GetProperty("id").GetString()!,
        stack.GetProperty("uuid").GetString()!,
        int.Parse(stack.GetProperty("description").GetString()!, CultureInfo.InvariantCulture));
}

/// <summary>All that was acknowledged or shown over all runs of one server.</summary>
internal sealed class Recorder
{
    private readonly ConcurrentDictionary<string, Known> _newest = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _faults = new();
    private int _acknowledged;
    private int _shown;

    public int Acknowledged => _acknowledged;

    public int Shown => _shown;

    /// <summary>Ids that were given to two objects.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    public IReadOnlyCollection<Known> Newest => [.. _newest.Values];

    public void Acknowledge(Known known)
    {
        Interlocked.Increment(ref _acknowledged);
        Note(known);
    }

    public void Show(Known known)
    {
        Interlocked.Increment(ref _shown);
        Note(known);
    }

    /// <summary>What of the known objects a server that came back does not have, or has in an older form.</summary>
    public IEnumerable<string> MissingFrom(IReadOnlyDictionary<string, Known> there)
    {
        foreach (var known in _newest.Values)
        {
            if (!there.TryGetValue(known.Id, out var found)) yield return $"{known.Id} is gone";
            else if (found.Uuid != known.Uuid) yield return $"{known.Id} is another object now";
            else if (found.Step < known.Step) yield return $"{known.Id} went back from step {known.Step} to {found.Step}";
        }
    }

    private void Note(Known known)
        => _newest.AddOrUpdate(known.Id, known, (_, earlier) =>
        {
            if (earlier.Uuid != known.Uuid) _faults.Enqueue($"{known.Id} was given to {earlier.Uuid} and to {known.Uuid}");
            return known.Step >= earlier.Step ? known : earlier;
        });
}
