using System.Reflection;

namespace Drover.Model.Kernel;

/// <summary>Reads what a record declares by attributes, together with what the kinds it extends declare.</summary>
internal static class Declarations
{
    /// <summary>The attributes of one sort; the record's own stand in for inherited ones of the same name.</summary>
    public static IEnumerable<T> Of<T>(Type type, Func<T, string> name)
        where T : Attribute
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = type; at is not null; at = at.BaseType)
            foreach (var declared in at.GetCustomAttributes<T>(inherit: false))
                if (seen.Add(name(declared)))
                    yield return declared;
    }
}
