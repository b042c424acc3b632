using System.Globalization;
using Drover.Model.Kernel;
using Drover.Server.Api.Rendering;
using Drover.Server.Api.Views;

namespace Drover.Server.Api.Queries;

/// <summary>One condition of a list: field, modifier, value (api-semantics.md section 8).</summary>
/// <param name="Field">A field that may be filtered by.</param>
/// <param name="Modifier">One of <see cref="ModifiersOf"/> the field's type.</param>
/// <param name="Value">What was sent.</param>
public sealed record Condition(FieldView Field, string Modifier, string Value)
{
    private static readonly string[] Ordered = ["eq", "ne", "lt", "lte", "gt", "gte", "null", "notnull"];
    private static readonly string[] Texts = ["eq", "ne", "prefix", "like", "notlike", "null", "notnull"];
    private static readonly string[] Equal = ["eq"];
    private static readonly string[] Plain = ["eq", "ne", "null", "notnull"];

    /// <summary>What the store's index of the field finds everything under that may meet the condition: a number or a text, without regard to letter case; null where there is no such index.</summary>
    public object? Key => (Modifier, Field.Field) switch
    {
        ("eq", { IsIndexed: true, Type.IsReference: true }) => ResourceId.TryParse(Value, out var id) ? id : null,
        ("eq", { IsIndexed: true } text) when text.ClrType == typeof(string) && text.Type.Base is "string" or "enum" => Value,
        _ => null,
    };

    /// <summary>The modifiers that a field of a type understands; none where it cannot be filtered by.</summary>
    public static string[] ModifiersOf(WireType type) => type.Base switch
    {
        "int" or "float" or "date" => Ordered,
        "string" or "password" => Texts,
        "equal" => Equal,
        "boolean" or "enum" or "reference" => Plain,
        _ => [],
    };

    /// <summary>What the value means, read once per list.</summary>
    public Func<object?, bool> Compile(DateTimeOffset now)
    {
        var operand = Operand(now);
        return Modifier switch
        {
            "null" => value => value is null,
            "notnull" => value => value is not null,
            "prefix" => value => value is string text && text.StartsWith(Value, StringComparison.OrdinalIgnoreCase),
            "like" => value => value is string text && LikePattern.Matches(text, Value),
            "notlike" => value => value is string text && !LikePattern.Matches(text, Value),
            "ne" => value => value is not null && Compare(value, operand) != 0,
            "eq" => value => Compare(value, operand) == 0,
            _ => value => Compare(value, operand) is { } order && Holds(order),
        };
    }

    private bool Holds(int order) => Modifier switch
    {
        "lt" => order < 0,
        "lte" => order <= 0,
        "gt" => order > 0,
        _ => order >= 0,
    };

    private object Operand(DateTimeOffset now)
    {
        var type = Field.Field.Type;
        if (type.IsReference) return ResourceId.TryParse(Value, out var id) ? id : -1L;
        if (Field.Name == "id" && ResourceId.TryParse(Value, out var own)) return own;
        if (type.Base == "date")
        {
            if (Value == "now") return now;
            if (long.TryParse(Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var stamp) && Math.Abs(stamp) < 253_000_000_000_000)
                return DateTimeOffset.FromUnixTimeMilliseconds(stamp);
            return WireDate.TryParse(Value, out var date) ? date : Value;
        }

        if (type.Base == "boolean") return Value.ToLowerInvariant() is "true" or "1" or "yes" or "on";
        if (type.Base == "int") return long.TryParse(Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : Value;
        if (type.Base == "float") return double.TryParse(Value, CultureInfo.InvariantCulture, out var real) ? real : Value;
        return Value;
    }

    /// <summary>The order of a stored value and an operand; null where they are not comparable.</summary>
    internal static int? Compare(object? value, object operand) => (value, operand) switch
    {
        (null, _) => null,
        (string a, string b) => string.Compare(a, b, StringComparison.OrdinalIgnoreCase),
        (DateTimeOffset a, DateTimeOffset b) => WireDate.Whole(a).CompareTo(WireDate.Whole(b)),
        (bool a, bool b) => a.CompareTo(b),
        (long or int, long b) => Convert.ToInt64(value, CultureInfo.InvariantCulture).CompareTo(b),
        (double a, double b) => a.CompareTo(b),
        _ => null,
    };
}
