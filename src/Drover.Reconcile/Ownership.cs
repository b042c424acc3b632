using System.Reflection;
using System.Text.Json;
using Drover.Model.Kernel;

namespace Drover.Reconcile;

/// <summary>Refuses two writers of one field, and a writer that is not the declared owner.</summary>
public static class Ownership
{
    /// <summary>Throws <see cref="InvalidOperationException"/> that names every conflict.</summary>
    public static void Check(IEnumerable<IFieldWriter> writers, Catalog catalog)
    {
        var faults = Faults([.. writers], catalog).ToList();
        if (faults.Count > 0) throw new InvalidOperationException(string.Join("; ", faults));
    }

    private static IEnumerable<string> Faults(IReadOnlyList<IFieldWriter> writers, Catalog catalog)
    {
        var byField = writers.SelectMany(w => w.Writes.Select(field => (Field: field, w.Name)));
        foreach (var field in byField.GroupBy(x => x.Field, x => x.Name, StringComparer.Ordinal))
        {
            var names = field.Distinct(StringComparer.Ordinal).ToList();
            if (names.Count > 1) yield return $"{field.Key} is written by {string.Join(" and ", names)}";
            if (!Exists(catalog, field.Key)) yield return $"{names[0]} writes {field.Key}, which no kind declares";
            else if (OwnerOf(catalog, field.Key) is { } owner && !names.Contains(owner)) yield return $"{field.Key} belongs to {owner}, {names[0]} writes it";
        }
    }

    private static bool Exists(Catalog catalog, string field) => Member(catalog, field) is { } member && (member.Property is not null || member.Side is "seen");

    private static string? OwnerOf(Catalog catalog, string field)
    {
        var property = Member(catalog, field)?.Property;
        return property?.GetCustomAttribute<FieldAttribute>()?.Owner ?? property?.GetCustomAttribute<InternalAttribute>()?.Owner;
    }

    private static (string Side, PropertyInfo? Property)? Member(Catalog catalog, string field)
    {
        var dot = field.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || catalog.FindKind(field[..dot]) is not { } kind) return null;
        var name = field[(dot + 1)..].Split(':')[0];
        if (name == "seen") return ("seen", null);
        foreach (var type in new[] { kind.ClrType, kind.SeenType })
            foreach (var property in type.GetProperties())
                if (JsonNamingPolicy.CamelCase.ConvertName(property.Name) == name)
                    return ("wanted", property);
        return null;
    }
}
