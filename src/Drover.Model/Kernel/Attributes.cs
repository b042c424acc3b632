namespace Drover.Model.Kernel;

/// <summary>Declares a kind: an immutable record whose properties with <see cref="FieldAttribute"/> are its fields.</summary>
/// <param name="name">The API's type name, such as "service".</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KindAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    /// <summary>The API's plural; "name + s" where none is given.</summary>
    public string? Plural { get; set; }

    /// <summary>The root parent: kinds of one family share a table and a sequence of numbers. The kind itself where none is given.</summary>
    public string? Family { get; set; }

    /// <summary>The immediate parent type (wire `baseType`). The family where none is given.</summary>
    public string? Parent { get; set; }

    /// <summary>Short type of ids ("st" in 1st5); first letter and capitals of the family where none is given.</summary>
    public string? ShortType { get; set; }

    /// <summary>What an environment's people may do: c(reate) r(ead, list) u(pdate) d(elete).</summary>
    public string Methods { get; set; } = "crud";

    /// <summary>The record of what was observed, a <see cref="Kernel.Seen"/>; none where nothing is.</summary>
    public Type? Seen { get; set; }

    /// <summary>Name of the life cycle in <see cref="Lifecycles"/>; none for kinds without states.</summary>
    public string? Lifecycle { get; set; }

    /// <summary>True where a reconciler ends the through-states; otherwise they settle by themselves right after the reply.</summary>
    public bool Reconciled { get; set; }

    /// <summary>True where its rows are computed from other objects and stored nowhere.</summary>
    public bool IsView { get; set; }

    /// <summary>True where the id on the wire is the name (settings).</summary>
    public bool NamedId { get; set; }

    /// <summary>Who sees the actions of the life cycle.</summary>
    public Roles ActionRoles { get; set; } = Roles.Everyone & ~Roles.ReadOnly;

    /// <summary>True where there is no collection of it (subscribe's rows, active settings).</summary>
    public bool Unlisted { get; set; }

    /// <summary>True where the filters that name types which a role does not see are left out of its schema.</summary>
    public bool PrunesFilters { get; set; }

    /// <summary>True for a base type: it has a schema and lists the objects of its family, but no object is of it.</summary>
    public bool IsBase { get; set; }

    /// <summary>True where it has only the fields it declares itself, and of those that every object has the ones named by <see cref="InheritedAttribute"/>.</summary>
    public bool Bare { get; set; }

    /// <summary>True for records without bound (logs, audit): kept in a table with retention, never in memory, never changed.</summary>
    public bool IsHistory { get; set; }
}

/// <summary>Gives some roles other methods on a kind than the rule; "" hides the kind from them.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class AllowAttribute(Roles roles, string methods) : Attribute
{
    public Roles Roles { get; } = roles;
    public string Methods { get; } = methods;
}

/// <summary>Declares a field of a kind or of a nested type.</summary>
/// <param name="access">
/// Rights of an environment's people and of admin and service: c(reate) u(pdate) o(nly shown in the answer to a POST) r(ead);
/// "i" is seen by admin, service and readAdmin alone, "-" by superadmin alone, "" by nobody. Readers read what the others see; superadmin may write all.
/// </param>
[AttributeUsage(AttributeTargets.Property)]
public class FieldAttribute(string access) : Attribute
{
    public string Access { get; } = access;

    /// <summary>The wire name where it is not the property's name in camel case.</summary>
    public string? Name { get; set; }

    /// <summary>The wire type where it does not follow from the property's type.</summary>
    public string? Type { get; set; }

    public bool Required { get; set; }
    public bool Unique { get; set; }

    /// <summary>JSON text of the default.</summary>
    public string? Default { get; set; }

    public long Min { get; set; } = long.MinValue;
    public long Max { get; set; } = long.MaxValue;
    public int MinLength { get; set; } = -1;
    public int MaxLength { get; set; } = -1;
    public string? ValidChars { get; set; }
    public string? InvalidChars { get; set; }
    public string[]? Options { get; set; }
    public bool NotNull { get; set; }

    /// <summary>Options that Drover adds to those of the contract: taken, and shown by no schema.</summary>
    public string[] OwnOptions { get; set; } = [];

    /// <summary>May be filtered and sorted by.</summary>
    public bool Filter { get; set; }

    /// <summary>The type as which lists compare it, where 1.6 keeps it in a column of another type ("equal" is compared by equality alone); the field's own where none is given.</summary>
    public string? FilterAs { get; set; }

    /// <summary>A change sets the update through-state and wakes the kind's reconciler.</summary>
    public bool Reconciles { get; set; }

    /// <summary>Left out of lists and of single answers, as 1.6 does with `includeInList=false`.</summary>
    public bool NotInList { get; set; }

    /// <summary>The one component that writes it, apart from the API for fields with c or u.</summary>
    public string? Owner { get; set; }

    /// <summary>Holds a secret: never in logs, history or audit.</summary>
    public bool Secret { get; set; }

    /// <summary>Roles with other rights than the rule.</summary>
    public Roles For { get; set; }

    /// <summary>Their rights.</summary>
    public string ForAccess { get; set; } = "-";

    /// <summary>More roles with other rights.</summary>
    public Roles Also { get; set; }

    /// <summary>Their rights.</summary>
    public string AlsoAccess { get; set; } = "-";

    internal IEnumerable<ForAttribute> Exceptions
        => ((IEnumerable<ForAttribute>)[new(For, ForAccess), new(Also, AlsoAccess)]).Where(exception => exception.Roles != Roles.None);
}

/// <summary>Gives some roles other rights on a field than the rule of <see cref="FieldAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true)]
public sealed class ForAttribute(Roles roles, string flags) : Attribute
{
    public Roles Roles { get; } = roles;
    public string Flags { get; } = flags;

    /// <summary>"required" or "nullable" where these roles must, or need not, name it other than the rule; null for the rule.</summary>
    public string? Presence { get; set; }
}

/// <summary>The property holds the number (or numbers) of objects of another kind.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RefAttribute(string kind) : Attribute
{
    public string Kind { get; } = kind;
}

/// <summary>The store keeps an index from the property's value to ids.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IndexAttribute : Attribute
{
    /// <summary>True for a text whose index is in the order of lists, objects without the text first.</summary>
    public bool Sorted { get; init; }

    /// <summary>False where the tables of unbounded kinds are never searched by it.</summary>
    public bool InHistory { get; init; } = true;
}

/// <summary>The fields of the property's record stand directly in the object on the wire.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FlattenAttribute : Attribute;

/// <summary>Stored, but no field of the API: what planners keep beside the contract.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InternalAttribute : Attribute
{
    /// <summary>The one component that writes it.</summary>
    public string? Owner { get; set; }
}

/// <summary>A field that is computed when it is read and stored nowhere.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class ViewAttribute : FieldAttribute
{
    /// <param name="name">The wire name.</param>
    /// <param name="type">The wire type.</param>
    /// <param name="access">As in <see cref="FieldAttribute"/>.</param>
    public ViewAttribute(string name, string type, string access)
        : base(access)
    {
        Name = name;
        Type = type;
    }
}

/// <summary>Declares a field that every kind has differently for one kind; replaces the whole inherited declaration.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class InheritedAttribute : FieldAttribute
{
    /// <param name="name">The wire name of the inherited field, such as "name".</param>
    /// <param name="access">As in <see cref="FieldAttribute"/>.</param>
    public InheritedAttribute(string name, string access)
        : base(access) => Name = name;
}

/// <summary>A column of 1.6 that lists may be filtered by and that no field shows; nothing is kept in it, so that only `null` matches. A reference gives the links of the contract.</summary>
/// <param name="name">The wire name.</param>
/// <param name="type">The wire type that says how it is compared.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class ColumnAttribute(string name, string type) : Attribute
{
    public string Name { get; } = name;
    public string Type { get; } = type;
}

/// <summary>An action that some piece of the server answers, besides those of the life cycle.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class ActionAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    /// <summary>The type of the body; none where the body is not looked at.</summary>
    public string? Input { get; set; }

    /// <summary>The type of the answer; the kind's base type where none is given, nothing where it is empty.</summary>
    public string? Output { get; set; }

    /// <summary>The states in which it is offered; all where none is given.</summary>
    public string[]? States { get; set; }

    public Roles Roles { get; set; } = Roles.Everyone & ~Roles.ReadOnly;

    /// <summary>True where types that extend the kind show it to the superadmin alone.</summary>
    public bool Alone { get; set; }

    /// <summary>True where it is Drover's own: no schema shows it, and only clients that ask for what is ours are offered it.</summary>
    public bool IsOwn { get; set; }
}

/// <summary>Declares a nested type of the API (schema without collection), such as "restartPolicy".</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StructAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    /// <summary>The API's plural; "name + s" where none is given.</summary>
    public string? Plural { get; set; }

    /// <summary>The methods that its schema names (c, r, u, d), as <see cref="KindAttribute.Methods"/>; nothing answers them.</summary>
    public string Methods { get; set; } = "cr";

    /// <summary>The kind whose fields its schema shows too, as 1.6 does for launch configs; they are not stored.</summary>
    public string? Extends { get; set; }

    /// <summary>Who sees the actions of the kind that it extends.</summary>
    public Roles ActionRoles { get; set; } = Roles.Everyone;
}
