using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Drover.Model.Kernel;
using Drover.Server.Api.Views;

namespace Drover.Server.Api.Binding;

/// <summary>Checks one bound value against its field: null, bounds, lengths, options, characters (api-semantics.md section 11.5).</summary>
public static class Criteria
{
    private static readonly ConcurrentDictionary<string, Regex> Classes = new(StringComparer.Ordinal);

    /// <summary>Throws the first problem.</summary>
    public static void Check(FieldView field, object? value)
    {
        if (value is null)
        {
            if (!field.Field.Nullable && field.Field.Default is null) throw Problem("NotNullable", field);
            return;
        }

        if (value is string or long or int or double or bool or RawJson || value is not IEnumerable items) CheckOne(field, value);
        else if (!field.Field.Type.IsMap)
            foreach (var item in items) CheckOne(field, item);
    }

    private static void CheckOne(FieldView field, object? value)
    {
        var declared = field.Field.Declared;
        if (value is long or int)
        {
            var number = System.Convert.ToInt64(value, CultureInfo.InvariantCulture);
            if (number < declared.Min) throw Problem("MinLimitExceeded", field);
            if (number > declared.Max) throw Problem("MaxLimitExceeded", field);
        }

        if (Text(field, value) is not { } text) return;
        if (declared.MinLength >= 0 && text.Length < declared.MinLength) throw Problem("MinLengthExceeded", field);
        if (declared.MaxLength >= 0 && text.Length > declared.MaxLength) throw Problem("MaxLengthExceeded", field);
        if (declared.Options is { } options && !options.Contains(text, StringComparer.Ordinal) && !declared.OwnOptions.Contains(text, StringComparer.Ordinal)) throw Problem("InvalidOption", field);
        if (declared.ValidChars is { } valid && !Class(valid).IsMatch(text)) throw Problem("InvalidCharacters", field);
        if (declared.InvalidChars is { } invalid && text.Length > 0 && Class(invalid).IsMatch(text)) throw Problem("InvalidCharacters", field);
        if (field.Name == "name" && text.Any(char.IsControl)) throw Problem("InvalidCharacters", field);
    }

    /// <summary>References are numbers inside and ids outside: their lengths are nobody's business.</summary>
    private static string? Text(FieldView field, object? value) => value switch
    {
        string text => text,
        long or int when field.Field.Type.Leaf == field.Field.Type.Base => System.Convert.ToString(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static Regex Class(string letters)
        => Classes.GetOrAdd(letters, static l => new Regex($"\\A[{l}]*\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking));

    private static ProblemException Problem(string code, FieldView field) => new(new Problem(code, field.Name));
}
