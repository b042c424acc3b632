namespace Drover.Compose;

/// <summary>The path of keys from the top of a file to a node; its text is built only when somebody reads it.</summary>
internal sealed record KeyPath(KeyPath? Parent, string Segment)
{
    public static KeyPath Top(string name) => new(null, name);

    public KeyPath Child(string name) => new(this, name);

    public KeyPath Item(int index) => new(this, $"[{index}]");

    public override string ToString()
    {
        if (Parent is null)
            return Segment;
        return Segment.StartsWith('[') ? Parent + Segment : $"{Parent}.{Segment}";
    }
}
