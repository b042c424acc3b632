namespace Drover.Compose.Yaml;

/// <summary>How much a YAML text may hold before it is refused.</summary>
/// <param name="Characters">The length of the text in UTF-16 units.</param>
/// <param name="Depth">How deep lists and maps may nest.</param>
/// <param name="Nodes">The number of nodes once every alias and merge key is written out.</param>
public sealed record YamlLimits(int Characters, int Depth, long Nodes)
{
    /// <summary>8 MB of text, 64 levels, 500,000 nodes.</summary>
    public static YamlLimits Default { get; } = new(8 * 1024 * 1024, 64, 500_000);
}
