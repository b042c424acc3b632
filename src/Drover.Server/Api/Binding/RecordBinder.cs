using System.Collections;
using Drover.Model.Kernel;
using Drover.Server.Api.Views;

namespace Drover.Server.Api.Binding;

/// <summary>Binds what was sent to the fields of a record that the caller may write, in the contract's order.</summary>
public static class RecordBinder
{
    /// <summary>A new record: members bound, defaults filled in, required fields checked.</summary>
    public static object Create(ShapeView shape, Body body, Coercion coercion)
    {
        var values = Bind(shape, body, coercion, field => field.Create);
        foreach (var field in shape.Shape.Fields)
            if (field.Side == Side.Wanted && field.Default is { } value && values.All(v => v.Key != field))
                if (shape.Find(field.Name) is { } view && coercion.Convert(view, value) is { } filled)
                    values.Add(new(field, filled));
        foreach (var field in shape.Fields)
            if (field is { Create: true, Field: { Side: Side.Wanted, Declared.Required: true } })
                Require(field, values.FirstOrDefault(v => v.Key == field.Field).Value);
        return Shape.With(shape.Shape.New(), values);
    }

    /// <summary>The values that an update sets, by field.</summary>
    public static IReadOnlyList<KeyValuePair<Field, object?>> Update(ShapeView shape, Body body, Coercion coercion)
        => Bind(shape, body, coercion, field => field.Update);

    private static List<KeyValuePair<Field, object?>> Bind(ShapeView shape, Body body, Coercion coercion, Func<FieldView, bool> mayWrite)
    {
        var values = new List<KeyValuePair<Field, object?>>();
        foreach (var name in body.Names)
        {
            if (shape.Find(name) is not { Field.Side: Side.Wanted } field || !mayWrite(field)) continue;
            var value = coercion.Convert(field, body.Find(name)!.Value);
            if (value is null && field.Field.Default is not null && (!field.Field.Nullable || IsPlainValue(field.Field.ClrType!))) continue;
            Criteria.Check(field, value);
            values.Add(new(field.Field, value));
        }

        return values;
    }

    /// <summary>Null has no place in such a property: it counts as not sent.</summary>
    private static bool IsPlainValue(Type type) => type.IsValueType && Nullable.GetUnderlyingType(type) is null && !typeof(ICollectionValue).IsAssignableFrom(type);

    private static void Require(FieldView field, object? value)
    {
        if (value is null || (field.Field.Type.IsArray && value is IEnumerable items && !items.GetEnumerator().MoveNext()))
            throw new ProblemException(new Problem("MissingRequired", field.Name));
    }
}
