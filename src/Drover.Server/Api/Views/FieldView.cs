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
        Writer = writer;
        Key = JsonEncodedText.Encode(field.Name);
        StampKey = field.Type.Base == "date" ? JsonEncodedText.Encode(field.Name + "TS") : null;
    }

    public Field Field { get; }
    public Access Access { get; }
    public string Name => Field.Name;
    public bool Create => Access.HasFlag(Access.Create);
    public bool Update => Access.HasFlag(Access.Update);

    /// <summary>Shown only in answers to a POST.</summary>
    public bool Once => Access.HasFlag(Access.Once);

    internal JsonEncodedText Key { get; }

    /// <summary>Key of the date in milliseconds; null for other types.</summary>
    internal JsonEncodedText? StampKey { get; }

    internal ValueWriter Writer { get; }

    /// <summary>Gives the value of what another version of the API shows and no field holds; null where the field itself does.</summary>
    internal Func<Entry, object?>? Value { get; init; }
}
