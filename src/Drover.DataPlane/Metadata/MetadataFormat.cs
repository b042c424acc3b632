using System.Globalization;
using System.Text;

namespace Drover.DataPlane.Metadata;

/// <summary>How an answer is written.</summary>
public enum MetadataForm
{
    Text,
    Json,
    Yaml,
}

/// <summary>Writes values as rancher-metadata did, to the letter (clients.md section 5).</summary>
public static class MetadataFormat
{
    public static string Write(MetadataNode node, MetadataForm form)
    {
        var text = new StringBuilder();
        switch (form)
        {
            case MetadataForm.Json:
                Json(text, node);
                break;
            case MetadataForm.Yaml:
                MetadataYaml.Write(text, node);
                break;
            default:
                Text(text, node);
                break;
        }

        return text.ToString();
    }

    /// <summary>What `value=` is compared with; null for maps and lists, which are never the same.</summary>
    public static string? Comparable(MetadataNode node)
        => node is MetadataMap or MetadataList ? null : node is MetadataNull ? "<nil>" : Write(node, MetadataForm.Text);

    private static void Text(StringBuilder text, MetadataNode node)
    {
        switch (node)
        {
            case MetadataText value:
                text.Append(value.Value);
                break;
            case MetadataNumber { IsWhole: true } number:
                text.Append(number.Literal);
                break;
            case MetadataNumber number:
                text.Append(number.Value.ToString("F6", CultureInfo.InvariantCulture).TrimEnd('0').TrimEnd('.'));
                break;
            case MetadataFlag flag:
                text.Append(flag.Value ? "true" : "false");
                break;
            case MetadataMap map:
                foreach (var line in map.Fields.Select(f => QueryEscape(f.Key) + (IsBranch(f.Value()) ? "/\n" : "\n")).Order(StringComparer.Ordinal)) text.Append(line);
                break;
            case MetadataList list:
                foreach (var (index, (item, label)) in list.Items.Zip(list.Labels).Index())
                    text.Append(CultureInfo.InvariantCulture, $"{index}{(item is MetadataMap && label is not null ? "=" + QueryEscape(label) : IsBranch(item) ? "/" : "")}\n");
                break;
        }
    }

    private static bool IsBranch(MetadataNode node) => node is MetadataMap or MetadataList;

    private static void Json(StringBuilder text, MetadataNode node)
    {
        switch (node)
        {
            case MetadataText value:
                JsonText(text, value.Value);
                break;
            case MetadataNumber number:
                text.Append(NumberText(number));
                break;
            case MetadataFlag flag:
                text.Append(flag.Value ? "true" : "false");
                break;
            case MetadataMap map when map.Fields.Length > 0 || !map.IsNullWhenEmpty:
                text.Append('{');
                foreach (var (index, field) in map.Fields.Index())
                {
                    if (index > 0) text.Append(',');
                    JsonText(text, field.Key);
                    text.Append(':');
                    Json(text, field.Value());
                }

                text.Append('}');
                break;
            case MetadataList list when list.Count > 0 || !list.IsNullWhenEmpty:
                text.Append('[');
                foreach (var (index, item) in list.Items.Index())
                {
                    if (index > 0) text.Append(',');
                    Json(text, item);
                }

                text.Append(']');
                break;
            default:
                text.Append("null");
                break;
        }
    }

    /// <summary>A number as 1.6 wrote it in JSON and YAML: 2.0 is 2.</summary>
    internal static string NumberText(MetadataNumber number)
        => number.IsWhole ? number.Literal
            : Math.Abs(number.Value) is < 1e21 and >= 1e-6 or 0 ? ((decimal)number.Value == Math.Truncate((decimal)number.Value) ? number.Value.ToString("F0", CultureInfo.InvariantCulture) : number.Value.ToString("0.################", CultureInfo.InvariantCulture))
            : number.Value.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant();

    /// <summary>Escapes what could end a script element too; leaves letters of all languages as they are.</summary>
    internal static void JsonText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"' or '\\':
                    text.Append('\\').Append(c);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029':
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }

    /// <summary>As in a query: letters, digits and -_.~ stay, a space is +.</summary>
    private static string QueryEscape(string key)
    {
        var text = new StringBuilder(key.Length);
        foreach (var b in Encoding.UTF8.GetBytes(key))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~') text.Append((char)b);
            else if (b == ' ') text.Append('+');
            else text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return text.ToString();
    }
}
