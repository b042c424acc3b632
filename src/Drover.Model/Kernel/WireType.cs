namespace Drover.Model.Kernel;

/// <summary>A field type as schemas write it: `string`, `reference[host]`, `array[map[string]]`, `restartPolicy` (api-semantics.md section 5).</summary>
/// <param name="Base">The outer word.</param>
/// <param name="Inner">What stands in the brackets; null for simple types.</param>
public sealed record WireType(string Base, WireType? Inner = null)
{
    private static readonly HashSet<string> Simple =
        ["string", "password", "float", "int", "date", "blob", "boolean", "enum", "json", "none"];

    public bool IsReference => Base == "reference";
    public bool IsArray => Base == "array";
    public bool IsMap => Base == "map";

    /// <summary>True where the type names a schema.</summary>
    public bool IsStruct => !IsReference && !IsArray && !IsMap && !Simple.Contains(Base);

    /// <summary>The word in the innermost brackets, such as the kind that a reference names.</summary>
    public string Leaf => Inner?.Leaf ?? Base;

    public static WireType Parse(string text)
    {
        var open = text.IndexOf('[', StringComparison.Ordinal);
        return open < 0 ? new WireType(text) : new WireType(text[..open], Parse(text[(open + 1)..^1]));
    }

    public override string ToString() => Inner is null ? Base : $"{Base}[{Inner}]";
}
