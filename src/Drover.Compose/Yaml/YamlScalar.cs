using System.Buffers;
using System.Globalization;

namespace Drover.Compose.Yaml;

/// <summary>What a scalar means when no key says what it should be (YAML 1.1 as 1.6 read it, without the single letters y and n).</summary>
public enum ScalarKind
{
    Null,
    Boolean,
    Integer,
    Float,
    Text
}

/// <summary>A scalar: its text as written, and whether it was written without quotes and so may mean more than text.</summary>
public sealed class YamlScalar(Place place, string text, bool plain) : YamlNode(place)
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789+-.eE");

    public string Text { get; } = text;
    public bool Plain { get; } = plain;
    public override long Size => 1;
    public override string Shape => Kind switch
    {
        ScalarKind.Null => "empty",
        ScalarKind.Boolean => $"the boolean '{Text}'",
        ScalarKind.Integer or ScalarKind.Float => $"the number '{Short}'",
        _ => $"the text '{Short}'",
    };

    /// <summary>What the scalar means by itself.</summary>
    public ScalarKind Kind => Plain ? KindOf(Text) : ScalarKind.Text;

    private string Short => Text.Length <= 60 ? Text : Text[..57] + "...";

    /// <summary>What a scalar of this text means when it is written without quotes.</summary>
    public static ScalarKind KindOf(string text)
    {
        if (text is "" or "~" or "null" or "Null" or "NULL")
            return ScalarKind.Null;
        if (Boolean(text) is not null)
            return ScalarKind.Boolean;
        if (Integer(text) is not null)
            return ScalarKind.Integer;
        return Number(text) is null ? ScalarKind.Text : ScalarKind.Float;
    }

    /// <summary>The boolean that the text spells, or null.</summary>
    public static bool? Boolean(string text) => text switch
    {
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => true,
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => false,
        _ => null,
    };

    /// <summary>The decimal whole number that the text spells, or null; a leading zero makes it text, as in <c>0644</c>.</summary>
    public static long? Integer(string text)
    {
        var digits = text.AsSpan().TrimStart("+-");
        if (digits.IsEmpty || text.Length - digits.Length > 1 || (digits.Length > 1 && digits[0] == '0') || digits.ContainsAnyExceptInRange('0', '9'))
            return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    /// <summary>The finite number that the text spells, or null.</summary>
    public static double? Number(string text)
    {
        if (text.Length == 0 || text.AsSpan().ContainsAnyExcept(NumberCharacters) || !char.IsAsciiDigit(text[^1]) || (text.Length > 1 && text[0] == '0' && text[1] != '.'))
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
    }
}
