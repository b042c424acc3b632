using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Api.Rendering;

namespace Drover.Server.Api.Views;

/// <summary>A field as one role sees it.</summary>
public sealed class FieldView
{
    internal FieldView(Field field, Access access, ValueWriter writer)
    {
        Field = field;
        Access = access;
        (Create, Update, Once) = ((access & Access.Create) != 0, (access & Access.Update) != 0, (access & Access.Once) != 0);
        Writer = writer;
        Key = JsonEncodedText.Encode(field.Name);
        StampKey = field.Type.Base == "date" ? JsonEncodedText.Encode(field.Name + "TS") : null;
    }

    public Field Field { get; }
    public Access Access { get; }
    public string Name => Field.Name;
    public bool Create { get; }
    public bool Update { get; }

    /// <summary>Shown only in answers to a POST.</summary>
    public bool Once { get; }

    internal JsonEncodedText Key { get; }

    /// <summary>Key of the date in milliseconds; null for other types.</summary>
    internal JsonEncodedText? StampKey { get; }

    internal ValueWriter Writer { get; }

    /// <summary>Gives the value of what another version of the API shows and no field holds; null where the field itself does.</summary>
    internal Func<Entry, object?>? Value { get; init; }
}
