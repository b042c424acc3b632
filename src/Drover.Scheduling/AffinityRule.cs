using System.Collections.Immutable;
using Drover.Model.Kernel;

namespace Drover.Scheduling;

/// <summary>What a rule looks at.</summary>
public enum AffinitySubject
{
    HostLabel,
    ContainerLabel,
    ContainerName,
}

/// <summary>A rule of `io.rancher.scheduler.affinity:*` (SCH-05 to SCH-09). Keys and values are lower-cased.</summary>
/// <param name="Subject">What it looks at.</param>
/// <param name="Key">The label's key; empty for names.</param>
/// <param name="Value">The label's value or the name.</param>
/// <param name="Negative">True where no match may be there.</param>
/// <param name="Soft">True where it is dropped when nothing fits.</param>
public sealed record AffinityRule(AffinitySubject Subject, string Key, string Value, bool Negative, bool Soft)
{
    private const string Prefix = "io.rancher.scheduler.affinity:";

    /// <summary>The rules that a container's labels hold; labels that are no rules are passed over.</summary>
    public static ImmutableArray<AffinityRule> Of(IEnumerable<KeyValuePair<string, string>> labels)
        => [.. labels.SelectMany(label => Of(label.Key, label.Value))];

    /// <summary>The hard rules about host labels alone that a container's labels hold: what decides over every host, whatever runs there (SCH-16).</summary>
    public static ImmutableArray<AffinityRule> OfHosts(IEnumerable<KeyValuePair<string, string>> labels)
        => [.. Of(labels).Where(rule => rule is { Subject: AffinitySubject.HostLabel, Soft: false })];

    /// <summary>True where a host with these labels obeys a rule about host labels.</summary>
    public bool Holds(EquatableMap<string> hostLabels) => Holds(new HostLoad(0, "") { Labels = hostLabels });

    /// <summary>True where the host obeys the rule.</summary>
    public bool Holds(HostLoad host)
    {
        var found = Subject switch
        {
            AffinitySubject.HostLabel => host.Labels.Items.Any(l => Same(l.Key, Key) && Same(l.Value, Value)),
            AffinitySubject.ContainerLabel => host.HasContainerLabel(Key, Value),
            _ => host.Containers.Values.Any(c => c.Name is not null && Same(c.Name, Value)),
        };
        return found != Negative;
    }

    public override string ToString()
    {
        var what = Subject switch
        {
            AffinitySubject.HostLabel => $"the host label {Key}={Value}",
            AffinitySubject.ContainerLabel => $"a container with the label {Key}={Value}",
            _ => $"the container {Value}",
        };
        return Negative ? $"no {what[(what.IndexOf(' ', StringComparison.Ordinal) + 1)..]}" : what;
    }

    private static IEnumerable<AffinityRule> Of(string label, string value)
    {
        if (!label.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) yield break;
        var form = label[Prefix.Length..].ToLowerInvariant();
        var negative = Cut(ref form, "_ne");
        var soft = Cut(ref form, "_soft");
        negative |= Cut(ref form, "_ne");
        AffinitySubject? subject = form switch
        {
            "host_label" => AffinitySubject.HostLabel,
            "container_label" => AffinitySubject.ContainerLabel,
            "container" => AffinitySubject.ContainerName,
            _ => null,
        };
        if (subject is not { } known) yield break;
        foreach (var part in value.ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (known == AffinitySubject.ContainerName) yield return new AffinityRule(known, "", part, negative, soft);
            else if (equals > 0) yield return new AffinityRule(known, part[..equals], part[(equals + 1)..], negative, soft);
        }
    }

    private static bool Cut(ref string text, string ending)
    {
        if (!text.EndsWith(ending, StringComparison.Ordinal)) return false;
        text = text[..^ending.Length];
        return true;
    }

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
