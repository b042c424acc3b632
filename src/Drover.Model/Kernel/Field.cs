using System.Reflection;
using System.Text.Json;

namespace Drover.Model.Kernel;

/// <summary>Where a field's value lives.</summary>
public enum Side
{
    Wanted,
    Seen,

    /// <summary>Computed when it is read.</summary>
    View,
}

/// <summary>A declared field: its place in the record and everything that schemas, binding, storage and rendering need.</summary>
public sealed class Field
{
    private readonly PropertyInfo[] _path;
    private readonly ForAttribute[] _presence;
    private Func<object, object?>[]? _steps;

    internal Field(FieldAttribute declared, PropertyInfo[] path, Side side, IEnumerable<ForAttribute> exceptions)
    {
        _path = path;
        var property = path.Length == 0 ? null : path[^1];
        Declared = declared;
        Side = side;
        Name = declared.Name ?? ClrTypes.NameOf(property!);
        Type = WireType.Parse(declared.Type ?? ClrTypes.WireTypeOf(property!));
        ForAttribute[] special = [.. declared.Exceptions, .. exceptions];
        Access = new FieldAccess(declared.Access, special);
        Index = property?.GetCustomAttribute<IndexAttribute>();
        Nullable = !declared.NotNull && (property is null || ClrTypes.AllowsNull(property));
        _presence = [.. special.Where(exception => exception.Presence is not null)];
        Owner = declared.Owner;
        ComparedAs = declared.FilterAs is { } compared ? WireType.Parse(compared) : Type;
        if (declared.Default is { } text)
        {
            using var document = JsonDocument.Parse(text);
            Default = document.RootElement.Clone();
        }
    }

    /// <summary>A field that another version of the API shows and no record holds.</summary>
    public static Field Absent(string name, string type, bool notNull = false) => new(new ViewAttribute(name, type, "r") { NotNull = notNull }, [], Side.View, []);

    public string Name { get; }
    public WireType Type { get; }

    /// <summary>The type as which lists compare it.</summary>
    public WireType ComparedAs { get; }

    public Side Side { get; }
    public FieldAccess Access { get; }
    public FieldAttribute Declared { get; }
    public bool Nullable { get; }

    /// <summary>How the store indexes it; null where it does not.</summary>
    public IndexAttribute? Index { get; }

    public bool IsIndexed => Index is not null;
    public string? Owner { get; }

    /// <summary>The default as JSON; null where there is none.</summary>
    public JsonElement? Default { get; }

    /// <summary>The property's .NET type; null for views.</summary>
    public Type? ClrType => _path.Length == 0 ? null : _path[^1].PropertyType;

    /// <summary>True where exactly one role must name it.</summary>
    public bool IsRequiredFor(Roles role) => PresenceFor(role) is { } presence ? presence == "required" : Declared.Required;

    /// <summary>True where exactly one role may leave it null.</summary>
    public bool IsNullableFor(Roles role) => PresenceFor(role) is { } presence ? presence == "nullable" : Nullable;

    /// <summary>The value in a record of the field's side; null where it is not set.</summary>
    public object? Get(object? record)
    {
        if (_path.Length == 0) return record is ICollectionValue { IsDefault: true } ? null : record;
        var steps = _steps ??= [.. _path.Select(Getters.Of)];
        foreach (var step in steps)
        {
            if (record is null) return null;
            record = step(record);
        }

        return record;
    }

    /// <summary>Sets the value in a record that is still being built: nobody else may hold it yet.</summary>
    internal void Set(object record, object? value, Func<object, object> own)
    {
        for (var i = 0; i < _path.Length - 1; i++)
        {
            var nested = _path[i].GetValue(record) ?? Activator.CreateInstance(_path[i].PropertyType)!;
            var mine = own(nested);
            if (!ReferenceEquals(mine, nested) || _path[i].GetValue(record) is null) _path[i].SetValue(record, mine);
            record = mine;
        }

        _path[^1].SetValue(record, value);
    }

    private string? PresenceFor(Roles role) => Array.Find(_presence, exception => (exception.Roles & role) != 0)?.Presence;

    public override string ToString() => $"{Name}: {Type}";
}
