using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Drover.Model.Kernel;

/// <summary>The fields of a record type, found once by reflection.</summary>
public abstract class Shape
{
    private static readonly Func<object, object> Copy = typeof(object)
        .GetMethod(nameof(MemberwiseClone), BindingFlags.Instance | BindingFlags.NonPublic)!
        .CreateDelegate<Func<object, object>>();

    private readonly FrozenDictionary<string, Field> _byName;

    protected Shape(string name, Type type, IEnumerable<Field> fields)
    {
        Name = name;
        ClrType = type;
        Fields = [.. fields.OrderBy(f => f.Name, StringComparer.Ordinal)];
        _byName = Fields.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
    }

    /// <summary>The API's type name.</summary>
    public string Name { get; }

    public Type ClrType { get; }

    /// <summary>All fields, in ordinal order of their wire names.</summary>
    public ImmutableArray<Field> Fields { get; }

    public Field? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The field with this wire name; throws where none is declared.</summary>
    public Field this[string name] => Find(name) ?? throw new KeyNotFoundException($"{Name} declares no field {name}");

    /// <summary>A record of the type with nothing but its initial values.</summary>
    public object New() => Activator.CreateInstance(ClrType)!;

    /// <summary>A copy of a record with some fields set; nested records on the way are copied, never changed.</summary>
    public static T With<T>(T record, IEnumerable<KeyValuePair<Field, object?>> changes)
        where T : class
    {
        var owned = new HashSet<object>(ReferenceEqualityComparer.Instance);
        object Own(object source)
        {
            if (owned.Contains(source)) return source;
            var copy = Copy(source);
            owned.Add(copy);
            return copy;
        }

        var result = (T)Own(record);
        foreach (var (field, value) in changes)
            field.Set(result, value ?? EmptyOf(field.ClrType!), Own);
        return result;
    }

    internal static IEnumerable<Field> FieldsOf(Type type, Side side, PropertyInfo[]? prefix = null, IReadOnlyDictionary<string, InheritedAttribute>? inherited = null)
    {
        foreach (var property in ClrTypes.Shown(type))
        {
            PropertyInfo[] path = [.. prefix ?? [], property];
            if (property.GetCustomAttribute<FieldAttribute>() is not { } declared)
            {
                foreach (var field in FieldsOf(property.PropertyType, side, path, inherited))
                    yield return field;
            }
            else if (inherited?.GetValueOrDefault(ClrTypes.NameOf(property)) is { } own)
            {
                own.Type ??= declared.Type;
                yield return new Field(own, path, side, []);
            }
            else
            {
                yield return new Field(declared, path, side, property.GetCustomAttributes<ForAttribute>());
            }
        }
    }

    private static object? EmptyOf(Type type)
        => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? RuntimeHelpers.GetUninitializedObject(type) : null;
}

/// <summary>A nested type of the API, such as "restartPolicy".</summary>
public sealed class StructShape : Shape
{
    internal StructShape(Type type, StructAttribute declared)
        : base(declared.Name, type, FieldsOf(type, Side.Wanted, null, Declarations.Of<InheritedAttribute>(type, i => i.Name!).ToDictionary(i => i.Name!, StringComparer.Ordinal)))
    {
        Plural = declared.Plural ?? declared.Name + "s";
        Extends = declared.Extends;
        ActionRoles = declared.ActionRoles;
        Methods = new MethodRights(declared.Methods, type.GetCustomAttributes<AllowAttribute>(inherit: false));
    }

    public string Plural { get; }

    /// <summary>The kind whose fields its schema shows too; null for none.</summary>
    public string? Extends { get; }

    /// <summary>Who sees the actions of the kind that it extends.</summary>
    public Roles ActionRoles { get; }

    /// <summary>The methods that its schema names; nothing answers them.</summary>
    public MethodRights Methods { get; }
}
