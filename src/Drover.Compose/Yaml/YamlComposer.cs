using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Drover.Compose.Yaml;

/// <summary>Builds nodes from the parser's events: aliases share their node and count in full, merge keys are applied, keys doubled with different values are problems.</summary>
internal sealed class YamlComposer(string file, IParser parser, YamlLimits limits, ICollection<ComposeProblem> problems)
{
    private readonly Dictionary<AnchorName, YamlNode?> _anchors = [];
    private long _nodes;

    /// <summary>The line of the node that was begun last, for what goes wrong without a line of its own.</summary>
    public int Line { get; private set; } = 1;

    public YamlNode? Document()
    {
        parser.MoveNext();
        parser.MoveNext();
        if (parser.Current is not DocumentStart)
            return null;
        parser.MoveNext();
        var root = Node(0);
        parser.MoveNext();
        if (parser.Current is DocumentStart second)
            throw new YamlRefused(PlaceOf(second), ComposeCodes.InvalidYaml, "holds a second document ('---'); one file is one document");
        return root is YamlScalar { Kind: ScalarKind.Null } ? null : root;
    }

    /// <summary>Reads the node at the current event and moves behind it.</summary>
    private YamlNode Node(int depth)
    {
        var current = parser.Current ?? throw new YamlRefused(new Place(file, 0, 0), ComposeCodes.InvalidYaml, "ends in the middle");
        var place = PlaceOf(current);
        Line = place.Line;
        if (depth > limits.Depth)
            throw new YamlRefused(place, ComposeCodes.MaxLimitExceeded, $"nests deeper than {limits.Depth} levels");
        if (current is AnchorAlias alias)
            return Alias(alias, place);

        var anchor = current is NodeEvent { Anchor.IsEmpty: false } anchored ? anchored.Anchor : AnchorName.Empty;
        if (!anchor.IsEmpty)
            _anchors[anchor] = null;
        Count(place, 1);
        YamlNode node = current switch
        {
            Scalar scalar => ScalarNode(scalar, place),
            SequenceStart list => ListNode(list, place, depth),
            MappingStart map => MapNode(map, place, depth),
            _ => throw new YamlRefused(place, ComposeCodes.InvalidYaml, "holds something that is neither text, list nor map"),
        };
        if (!anchor.IsEmpty)
            _anchors[anchor] = node;
        return node;
    }

    private YamlNode Alias(AnchorAlias alias, Place place)
    {
        parser.MoveNext();
        if (!_anchors.TryGetValue(alias.Value, out var node))
            throw new YamlRefused(place, ComposeCodes.InvalidReference, $"the alias '*{alias.Value}' names no anchor before it");
        if (node is null)
            throw new YamlRefused(place, ComposeCodes.InvalidReference, $"the alias '*{alias.Value}' holds itself");
        Count(place, node.Size);
        return node;
    }

    private YamlScalar ScalarNode(Scalar scalar, Place place)
    {
        parser.MoveNext();
        CheckTag(scalar, place);
        if (scalar.Value.Contains('\0', StringComparison.Ordinal))
            Problem(place, ComposeCodes.InvalidCharacters, "holds a NUL character");
        var text = scalar.Tag is { IsEmpty: false, IsNonSpecific: false } && scalar.Tag.Value == "tag:yaml.org,2002:str";
        return new YamlScalar(place, scalar.Value, scalar.Style == ScalarStyle.Plain && !text);
    }

    private YamlList ListNode(SequenceStart start, Place place, int depth)
    {
        CheckTag(start, place);
        parser.MoveNext();
        var items = new List<YamlNode>();
        while (parser.Current is not SequenceEnd)
            items.Add(Node(depth + 1));
        parser.MoveNext();
        return new YamlList(place, items);
    }

    private YamlMap MapNode(MappingStart start, Place place, int depth)
    {
        CheckTag(start, place);
        parser.MoveNext();
        var entries = new List<YamlEntry>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var merged = new List<YamlMap>();
        while (parser.Current is not MappingEnd)
        {
            var key = KeyNode(depth);
            var value = Node(depth + 1);
            if (key is { Text: "<<", Plain: true })
                merged.AddRange(MergeSources(value));
            else if (seen.TryAdd(key.Text, entries.Count))
                entries.Add(new YamlEntry(key.Text, key.Place, value));
            else if (entries[seen[key.Text]] is var first && !SaysTheSame(first.Value, value))
                Problem(key.Place, ComposeCodes.NotUnique, $"the key '{key.Text}' stands twice in one map; the first is in line {first.KeyPlace.Line}", key.Text);
        }

        parser.MoveNext();
        foreach (var entry in merged.SelectMany(map => map.Entries).Where(entry => seen.TryAdd(entry.Key, -1)))
            entries.Add(entry);
        return new YamlMap(place, entries);
    }

    /// <summary>A key that stands twice with one and the same text is clumsy but clear; files of Rancher's own catalog have it.</summary>
    private static bool SaysTheSame(YamlNode first, YamlNode second) =>
        first is YamlScalar one && second is YamlScalar two && one.Text == two.Text && one.Plain == two.Plain;

    private YamlScalar KeyNode(int depth)
    {
        var key = Node(depth + 1);
        if (key is not YamlScalar scalar)
            throw new YamlRefused(key.Place, ComposeCodes.InvalidType, $"a key must be text, but is {key.Shape}");
        if (scalar.Text.Any(char.IsControl))
            Problem(scalar.Place, ComposeCodes.InvalidCharacters, "a key holds a control character");
        return scalar;
    }

    private static IEnumerable<YamlMap> MergeSources(YamlNode value) => value switch
    {
        YamlMap map => [map],
        YamlList list when list.Items.All(item => item is YamlMap) => list.Items.Cast<YamlMap>(),
        _ => throw new YamlRefused(value.Place, ComposeCodes.InvalidType, $"the merge key '<<' needs a map or a list of maps, but has {value.Shape}"),
    };

    private void CheckTag(NodeEvent node, Place place)
    {
        if (node.Tag.IsEmpty || node.Tag.IsNonSpecific)
            return;
        if (node.Tag.Value is not ("tag:yaml.org,2002:str" or "tag:yaml.org,2002:int" or "tag:yaml.org,2002:float" or "tag:yaml.org,2002:bool"
            or "tag:yaml.org,2002:null" or "tag:yaml.org,2002:seq" or "tag:yaml.org,2002:map"))
            Problem(place, ComposeCodes.InvalidType, $"the tag '{node.Tag.Value}' means nothing here");
    }

    private void Count(Place place, long nodes)
    {
        _nodes += nodes;
        if (_nodes > limits.Nodes)
            throw new YamlRefused(place, ComposeCodes.MaxLimitExceeded, $"holds more than {limits.Nodes} values once its aliases are written out");
    }

    private void Problem(Place place, string code, string message, string key = "")
    {
        if (problems.Count >= Findings.Most)
            throw new YamlRefused(place, ComposeCodes.TooManyProblems, "has too many problems to list");
        problems.Add(new ComposeProblem(file, place.Line, key, code, message));
    }

    private Place PlaceOf(ParsingEvent current) => new(file, (int)current.Start.Line, (int)current.Start.Column);
}
