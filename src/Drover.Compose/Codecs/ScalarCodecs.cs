using System.Globalization;
using System.Text.Json.Nodes;
using Drover.Compose.Yaml;

namespace Drover.Compose.Codecs;

/// <summary>One text; numbers and words such as <c>yes</c> are taken as they are written.</summary>
internal sealed class TextCodec : Codec
{
    public override JsonNode? Read(YamlNode node, Spot spot)
    {
        if (node is YamlScalar scalar)
            return scalar.Kind == ScalarKind.Null || scalar.Text.Length == 0 ? null : JsonValue.Create(scalar.Text);
        spot.WrongType(node, "text");
        return null;
    }

    public override YamlNode? Write(JsonNode value) =>
        value is JsonValue text && text.TryGetValue<string>(out var written) && written.Length > 0 ? Quoted(written) : null;
}

/// <summary>One of a few words; the API's spelling is the one listed, the file's may differ in case.</summary>
internal sealed class OptionCodec(params string[] options) : Codec
{
    public override JsonNode? Read(YamlNode node, Spot spot)
    {
        if (Codec.Text.Read(node, spot) is not { } text)
            return null;
        var written = (string)text!;
        if (Array.Find(options, option => option.Equals(written, StringComparison.OrdinalIgnoreCase)) is { } found)
            return JsonValue.Create(found);
        spot.Refuse(node, ComposeCodes.InvalidOption, $"'{written}' is none of {string.Join(", ", options)}");
        return null;
    }

    public override YamlNode? Write(JsonNode value) => Codec.Text.Write(value);
}

/// <summary>True or false, also as text, as a variable brings it.</summary>
internal sealed class BooleanCodec : Codec
{
    public override JsonNode? Read(YamlNode node, Spot spot)
    {
        if (node is YamlScalar scalar)
        {
            if (scalar.Kind == ScalarKind.Null)
                return null;
            if (YamlScalar.Boolean(scalar.Text) is { } value)
                return JsonValue.Create(value);
        }

        spot.WrongType(node, "true or false");
        return null;
    }

    public override YamlNode? Write(JsonNode value) =>
        value is JsonValue boolean && boolean.TryGetValue<bool>(out var written) ? Plain(written ? "true" : "false") : null;
}

/// <summary>A whole number within bounds, also as text, as a variable brings it.</summary>
internal sealed class IntegerCodec(long least, long most) : Codec
{
    public override JsonNode? Read(YamlNode node, Spot spot)
    {
        if (node is not YamlScalar scalar || (scalar.Kind != ScalarKind.Null && YamlScalar.Integer(scalar.Text) is null))
        {
            spot.WrongType(node, "a whole number");
            return null;
        }

        if (YamlScalar.Integer(scalar.Text) is not { } value)
            return null;
        if (value >= least && value <= most)
            return JsonValue.Create(value);
        spot.Refuse(node, value < least ? ComposeCodes.MinLimitExceeded : ComposeCodes.MaxLimitExceeded, $"{value} is not between {least} and {most}");
        return null;
    }

    public override YamlNode? Write(JsonNode value) => NumberOf(value) is { } number ? Plain(number.ToString(CultureInfo.InvariantCulture)) : null;

    /// <summary>The whole number of a JSON value, whichever width it was made with.</summary>
    public static long? NumberOf(JsonNode? value)
    {
        if (value is not JsonValue number)
            return null;
        if (number.TryGetValue<long>(out var wide))
            return wide;
        return number.TryGetValue<int>(out var narrow) ? narrow : null;
    }
}

/// <summary>A number of bytes, in the file also with a unit: <c>512m</c>, <c>1gb</c>, <c>64 kB</c>; units are powers of 1,024.</summary>
internal sealed class BytesCodec : Codec
{
    private const string Units = "kmgtp";

    public override JsonNode? Read(YamlNode node, Spot spot)
    {
        if (node is YamlScalar { Kind: ScalarKind.Null })
            return null;
        if (node is YamlScalar scalar && Parse(scalar.Text) is { } bytes)
            return JsonValue.Create(bytes);
        spot.WrongType(node, "a size such as 64m or 1g");
        return null;
    }

    public override YamlNode? Write(JsonNode value) => Codec.Integer.Write(value);

    public static long? Parse(string text)
    {
        if (text == "-1")
            return -1;
        var written = text.Trim().ToLowerInvariant().AsSpan();
        if (written.EndsWith("ib"))
            written = written[..^2];
        else if (written.EndsWith("b"))
            written = written[..^1];
        var factor = 1L;
        if (!written.IsEmpty && Units.IndexOf(written[^1], StringComparison.Ordinal) is var unit and >= 0)
        {
            factor <<= 10 * (unit + 1);
            written = written[..^1];
        }

        if (!decimal.TryParse(written.TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > long.MaxValue / factor)
            return null;
        return (long)(number * factor);
    }
}

/// <summary>A time in whole seconds, in the file also with units: <c>90</c>, <c>90s</c>, <c>1m30s</c>.</summary>
internal sealed class SecondsCodec : Codec
{
    public override JsonNode? Read(YamlNode node, Spot spot)
    {
        if (node is YamlScalar { Kind: ScalarKind.Null })
            return null;
        if (node is YamlScalar scalar && Parse(scalar.Text) is { } seconds)
            return JsonValue.Create(seconds);
        spot.WrongType(node, "a time such as 90s or 1m30s");
        return null;
    }

    public override YamlNode? Write(JsonNode value) => IntegerCodec.NumberOf(value) is { } number ? Plain($"{number}s") : null;

    private static long? Parse(string text)
    {
        long total = 0, number = 0;
        var digits = 0;
        foreach (var letter in text)
        {
            if (char.IsAsciiDigit(letter) && ++digits <= 9)
            {
                number = (number * 10) + (letter - '0');
                continue;
            }

            long? factor = letter switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => null };
            if (factor is null || digits is 0 or > 9)
                return null;
            total += number * factor.Value;
            (number, digits) = (0, 0);
        }

        return text.Length == 0 ? null : total + number;
    }
}
