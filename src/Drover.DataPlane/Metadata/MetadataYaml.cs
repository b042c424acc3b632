using System.Text;

namespace Drover.DataPlane.Metadata;

/// <summary>Writes values as YAML in block style.</summary>
internal static class MetadataYaml
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", ".nan", ".inf", "-.inf", "+.inf", "<<", "=",
    };

    public static void Write(StringBuilder text, MetadataNode node) => Block(text, node, 0, isInline: true);

    /// <param name="indent">Spaces before each line of it.</param>
    /// <param name="isInline">True where the first line has begun already.</param>
    private static void Block(StringBuilder text, MetadataNode node, int indent, bool isInline)
    {
        switch (node)
        {
            case MetadataMap { Fields.Length: > 0 } map:
                foreach (var field in map.Fields)
                {
                    if (!isInline) text.Append(' ', indent);
                    isInline = false;
                    Scalar(text, field.Key);
                    text.Append(':');
                    Value(text, field.Value(), indent);
                }

                break;
            case MetadataList { Count: > 0 } list:
                foreach (var item in list.Items)
                {
                    if (!isInline) text.Append(' ', indent);
                    isInline = false;
                    text.Append("- ");
                    Block(text, item, indent + 2, isInline: true);
                }

                break;
            default:
                Leaf(text, node);
                text.Append('\n');
                break;
        }
    }

    private static void Value(StringBuilder text, MetadataNode node, int indent)
    {
        var isBlock = node is MetadataMap { Fields.Length: > 0 } or MetadataList { Count: > 0 };
        text.Append(isBlock ? '\n' : ' ');
        Block(text, node, node is MetadataMap ? indent + 2 : indent, isInline: !isBlock);
    }

    private static void Leaf(StringBuilder text, MetadataNode node)
    {
        switch (node)
        {
            case MetadataText value:
                Scalar(text, value.Value);
                break;
            case MetadataNumber number:
                text.Append(MetadataFormat.NumberText(number));
                break;
            case MetadataFlag flag:
                text.Append(flag.Value ? "true" : "false");
                break;
            default:
                text.Append(node is MetadataMap ? "{}" : node is MetadataList ? "[]" : "null");
                break;
        }
    }

    private static void Scalar(StringBuilder text, string value)
    {
        if (IsPlain(value)) text.Append(value);
        else MetadataFormat.JsonText(text, value);
    }

    /// <summary>True where no reader could take it for anything but this text.</summary>
    private static bool IsPlain(string value)
        => !Words.Contains(value)
            && (char.IsAsciiLetter(value[0]) || value[0] is '_' or '/')
            && value[^1] is not (' ' or ':')
            && value.All(c => c is >= ' ' and < '\u007f')
            && !value.Contains(": ", StringComparison.Ordinal)
            && !value.Contains(" #", StringComparison.Ordinal);
}
