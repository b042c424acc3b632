using Drover.Compose.Yaml;

namespace Drover.Compose;

/// <summary>Where a value is being read: its path of keys, and where what is wrong with it goes.</summary>
internal readonly record struct Spot(KeyPath Key, Findings Findings)
{
    public Spot Child(string name) => this with { Key = Key.Child(name) };

    public Spot Item(int index) => this with { Key = Key.Item(index) };

    public void Refuse(YamlNode node, string code, string message) => Findings.Refuse(node.Place, Key, code, message);

    public void Warn(YamlNode node, string code, string message) => Findings.Warn(node.Place, Key, code, message);

    public void WrongType(YamlNode node, string wanted) =>
        Refuse(node, ComposeCodes.InvalidType, $"needs {wanted}, but is {node.Shape}");
}
