using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;

namespace Drover.Model.Kernel;

/// <summary>A declared kind of object: names, fields of both sides, life cycle, actions, rights.</summary>
public sealed class Kind : Shape
{
    internal Kind(Type type, KindAttribute declared)
        : base(declared.Name, type, AllFields(type, declared))
    {
        Declared = declared;
        Plural = declared.Plural ?? declared.Name + "s";
        Family = declared.Family ?? declared.Name;
        BaseType = declared.Parent ?? Family;
        ShortType = declared.ShortType ?? ResourceId.ShortTypeOf(Family);
        Lifecycle = declared.Lifecycle is { } cycle ? Lifecycles.Named(cycle) : null;
        Actions = [.. Declarations.Of<ActionAttribute>(type, action => action.Name)];
        Columns = [.. Declarations.Of<ColumnAttribute>(type, column => column.Name)];
        SeenType = declared.Seen ?? typeof(PlainSeen);
        Methods = new MethodRights(declared.Methods, type.GetCustomAttributes<AllowAttribute>(inherit: false));
    }

    public KindAttribute Declared { get; }
    public string Plural { get; }

    /// <summary>The root parent: one table and one sequence of numbers for all kinds of a family.</summary>
    public string Family { get; }

    /// <summary>The immediate parent, `baseType` on the wire.</summary>
    public string BaseType { get; }

    /// <summary>Letters of its ids.</summary>
    public string ShortType { get; }

    /// <summary>Null for kinds without states.</summary>
    public Lifecycle? Lifecycle { get; }

    public ImmutableArray<ActionAttribute> Actions { get; }

    /// <summary>Columns that lists may be filtered by and that no field shows.</summary>
    public ImmutableArray<ColumnAttribute> Columns { get; }

    /// <summary>The record type of what was observed.</summary>
    public Type SeenType { get; }

    /// <summary>True for a base type such as instance: it lists its family, no object is of it.</summary>
    public bool IsBase => Declared.IsBase;

    /// <summary>True for the root of a family: its lists hold, and its ids find, every kind of the family.</summary>
    public bool IsRoot => Name == Family;

    /// <summary>True where a reconciler ends the through-states.</summary>
    public bool IsReconciled => Declared.Reconciled;

    /// <summary>What exactly one role may do, as letters of c, r, u, d; "" where the kind does not exist for it.</summary>
    public string MethodsOf(Roles role) => Methods.Of(role);

    /// <summary>An empty status record.</summary>
    public Seen NewSeen() => (Seen)Activator.CreateInstance(SeenType)!;

    private static IEnumerable<Field> AllFields(Type type, KindAttribute declared)
    {
        var inherited = Declarations.Of<InheritedAttribute>(type, i => i.Name!).ToDictionary(i => i.Name!, StringComparer.Ordinal);
        var own = FieldsOf(type, Side.Wanted, null, inherited)
            .Concat(FieldsOf(declared.Seen ?? typeof(PlainSeen), Side.Seen, null, inherited))
            .Concat(Declarations.Of<ViewAttribute>(type, view => view.Name!).Select(view => ComputedFields.View(view, inherited)))
            .ToList();
        var names = own.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var all = own.Concat(ComputedFields.Of(declared, inherited).Where(f => !names.Contains(f.Name)));
        return declared.Bare ? all.Where(f => inherited.ContainsKey(f.Name) || !Common.Contains(f.Name)) : all;
    }

    /// <summary>The fields that every object has unless its kind says otherwise.</summary>
    private static readonly FrozenSet<string> Common = FrozenSet.Create(
        StringComparer.Ordinal, ["id", "kind", "uuid", "name", "description", "accountId", "created", "removed", "removeTime", "data"]);

    private MethodRights Methods { get; }
}
