namespace Drover.Model.Kernel;

/// <summary>The fields that every object has by its nature: id, kind, state and the three of a transition.</summary>
public static class ComputedFields
{
    /// <summary>The value of a computed field; null for other views.</summary>
    public static object? Value(Entry entry, string field) => field switch
    {
        "id" => entry.Id,
        "kind" => entry.Kind.Name,
        "state" => entry.State,
        "transitioning" => entry.Transitioning,
        "transitioningMessage" => entry.Transitioning is "yes" ? entry.Seen.TransitioningMessage ?? "In Progress"
            : entry.Transitioning is "error" ? entry.Seen.TransitioningMessage : null,
        "transitioningProgress" => entry.Transitioning is "yes" or "error" ? (long?)entry.Seen.TransitioningProgress : null,
        _ => null,
    };

    internal static IEnumerable<Field> Of(KindAttribute kind, IReadOnlyDictionary<string, InheritedAttribute> inherited)
    {
        yield return View(new ViewAttribute("id", "int", "r") { Filter = true }, inherited);
        yield return View(new ViewAttribute("kind", "string", "r") { MaxLength = 255, Filter = true }, inherited);
        if (kind.Lifecycle is null) yield break;
        string[] states = [.. Lifecycles.Named(kind.Lifecycle).States.Order(StringComparer.Ordinal)];
        yield return View(new ViewAttribute("state", "enum", "r") { MaxLength = 128, NotNull = true, Filter = true, Options = states }, inherited);
        yield return View(new ViewAttribute("transitioning", "enum", "r") { NotNull = true, Options = ["yes", "no", "error"] }, inherited);
        yield return View(new ViewAttribute("transitioningMessage", "string", "r"), inherited);
        yield return View(new ViewAttribute("transitioningProgress", "int", "r"), inherited);
    }

    /// <summary>A computed field, as the kind itself or one that it extends declares it.</summary>
    internal static Field View(ViewAttribute view, IReadOnlyDictionary<string, InheritedAttribute> inherited)
    {
        if (!inherited.TryGetValue(view.Name!, out var own)) return new Field(view, [], Side.View, []);
        own.Type ??= view.Type;
        own.Options ??= view.Options;
        return new Field(own, [], Side.View, []);
    }
}
