using System.Reflection;
using System.Runtime.InteropServices;
using Drover.Model.Kernel;

namespace Drover.Store.State;

/// <summary>A text as a key in the order of lists: letter case does not count, none comes first.</summary>
internal readonly record struct TextKey(string? Text) : IComparable<TextKey>
{
    public int CompareTo(TextKey other) => string.Compare(Text, other.Text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A declared index of a family: knows how to keep it and how to ask it. Holds no data; its root stands in the state.</summary>
internal abstract class FieldIndex(string field)
{
    public string Field { get; } = field;

    /// <summary>True where the kind declares the field.</summary>
    public abstract bool Covers(Kind kind);

    /// <summary>The root after an object changed; the same where its key did not.</summary>
    public abstract object? Update(object? root, Entry? before, Entry? after, long edit);

    /// <summary>The root of an index of all these objects.</summary>
    public abstract object? Build(IEnumerable<Entry> entries, int count, long edit);

    /// <summary>The objects of a kind under a key, by rising number; none where the key is of another type.</summary>
    public abstract IEnumerable<Entry> Under(object? root, object key, PagedArray<Entry> entries, Kind? only, bool ignoreCase);

    /// <summary>All objects of a kind in the order of the field. Throws where the index has none.</summary>
    public abstract IEnumerable<Entry> InOrder(object? root, PagedArray<Entry> entries, Kind? only, bool descending);

    /// <summary>Lets the index read the field from one kind of the family.</summary>
    public abstract void Learn(Kind kind, Field field);

    /// <summary>The index of a field by its declaration: texts by their hash or, sorted, by themselves; everything else as a number.</summary>
    public static FieldIndex Of(Field field)
        => field.ClrType == typeof(string)
            ? field.Index!.Sorted
                ? new FieldIndex<TextKey>(field.Name, KeyReading.Sorted, key => key is string text ? new TextKey(text) : null) { Texts = KeyReading.Text, IsSorted = true }
                : new FieldIndex<long>(field.Name, KeyReading.Hash, key => key is string text ? KeyReading.HashOf(text) : null) { Texts = KeyReading.Text }
            : KeyReading.IsNumber(field.ClrType)
                ? new FieldIndex<long>(field.Name, KeyReading.Number, KeyReading.ToNumber)
                : throw new NotSupportedException($"{field} cannot be indexed: only texts, numbers, flags and times can");
}

internal sealed class FieldIndex<TKey>(string field, Func<Kind, Field, Func<Entry, TKey?>> reading, Func<object, TKey?> parse) : FieldIndex(field)
    where TKey : struct, IComparable<TKey>
{
    private readonly Dictionary<Kind, Reader> _readers = [];

    /// <summary>How the texts are read whose keys are not yet the whole truth; null for numbers.</summary>
    public Func<Kind, Field, Func<Entry, string?>>? Texts { get; init; }

    public bool IsSorted { get; init; }

    public override void Learn(Kind kind, Field field) => _readers[kind] = new Reader(kind, field, reading, Texts);

    public override bool Covers(Kind kind) => _readers.ContainsKey(kind);

    public override object? Update(object? root, Entry? before, Entry? after, long edit)
    {
        var reader = _readers[(after ?? before)!.Kind];
        if (before is not null && after is not null && ReferenceEquals(reader.Half(before), reader.Half(after))) return root;
        var old = before is null ? null : reader.Read(before);
        var now = after is null ? null : reader.Read(after);
        if (old is null ? now is null : now is { } same && old.Value.CompareTo(same) == 0) return root;
        var ids = new SortedIds<TKey>((SortedPage<TKey>?)root);
        if (old is { } gone) ids = ids.Without(gone, before!.Id, edit);
        if (now is { } come) ids = ids.With(come, after!.Id, edit);
        return ids.Root;
    }

    public override object? Build(IEnumerable<Entry> entries, int count, long edit)
    {
        var items = new List<KeyedId<TKey>>(count);
        foreach (var entry in entries)
            if (_readers.TryGetValue(entry.Kind, out var reader) && reader.Read(entry) is { } key)
                items.Add(new KeyedId<TKey>(key, entry.Id));
        items.Sort();
        return SortedIds<TKey>.Of(CollectionsMarshal.AsSpan(items), edit).Root;
    }

    public override IEnumerable<Entry> Under(object? root, object key, PagedArray<Entry> entries, Kind? only, bool ignoreCase)
    {
        if (root is not SortedPage<TKey> page || parse(key) is not { } known) return [];
        var found = new SortedIds<TKey>(page).Under(known, entries, only);
        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return key is string text ? found.Where(entry => text.Equals(_readers[entry.Kind].Text(entry), comparison)) : found;
    }

    public override IEnumerable<Entry> InOrder(object? root, PagedArray<Entry> entries, Kind? only, bool descending)
    {
        if (!IsSorted) throw new NotSupportedException($"the index of {Field} is not sorted");
        return new SortedIds<TKey>((SortedPage<TKey>?)root).InOrder(descending)
            .Select(id => entries.Find(id)!)
            .Where(entry => only is null || ReferenceEquals(entry.Kind, only));
    }

    /// <summary>Reads the key of one kind's objects. Built when the first object comes, as most kinds have none when a server starts.</summary>
    private sealed class Reader(Kind kind, Field field, Func<Kind, Field, Func<Entry, TKey?>> reading, Func<Kind, Field, Func<Entry, string?>>? texts)
    {
        private Func<Entry, TKey?>? _read;
        private Func<Entry, string?>? _text;

        public TKey? Read(Entry entry) => (_read ??= reading(kind, field))(entry);

        public string? Text(Entry entry) => (_text ??= texts!(kind, field))(entry);

        public object Half(Entry entry) => field.Side == Side.Wanted ? entry.Wanted : entry.Seen;
    }
}

/// <summary>How the keys of indexes are read from objects. Plain properties are called directly, without boxing.</summary>
internal static class KeyReading
{
    private static readonly MethodInfo Direct = typeof(KeyReading).GetMethod(nameof(DirectCall), BindingFlags.Static | BindingFlags.NonPublic)!;

    public static Func<Entry, string?> Text(Kind kind, Field field)
        => Getter(kind, field) is { } getter ? Call<string?>(getter, field.Side) : entry => entry.Value(field) as string;

    public static Func<Entry, TextKey?> Sorted(Kind kind, Field field)
    {
        var read = Text(kind, field);
        return entry => new TextKey(read(entry));
    }

    public static Func<Entry, long?> Hash(Kind kind, Field field)
    {
        var read = Text(kind, field);
        return entry => read(entry) is { } text ? HashOf(text) : null;
    }

    /// <summary>The key of a text that is only looked up: the same for all letter cases, and quicker to compare than the text.</summary>
    public static long HashOf(string text) => text.GetHashCode(StringComparison.OrdinalIgnoreCase);

    public static Func<Entry, long?> Number(Kind kind, Field field)
        => field.ClrType == typeof(long?) && Getter(kind, field) is { } getter
            ? Call<long?>(getter, field.Side)
            : entry => entry.Value(field) is { } value ? ToNumber(value) : null;

    public static bool IsNumber(Type? type)
        => type is not null && (Nullable.GetUnderlyingType(type) ?? type) is var bare
            && (bare == typeof(long) || bare == typeof(int) || bare == typeof(bool) || bare == typeof(DateTimeOffset));

    public static long? ToNumber(object value) => value switch
    {
        long number => number,
        int number => number,
        bool flag => flag ? 1 : 0,
        DateTimeOffset time => time.UtcTicks,
        _ => null,
    };

    /// <summary>A value as tables hold it: a text or a number; null where it can be no key.</summary>
    public static object? ToKey(object? value) => value is null or string ? value : ToNumber(value);

    private static Func<Entry, TValue> Call<TValue>(MethodInfo getter, Side side)
        => (Func<Entry, TValue>)Direct.MakeGenericMethod(getter.DeclaringType!, typeof(TValue)).Invoke(null, [getter, side])!;

    private static Func<Entry, TValue> DirectCall<TRecord, TValue>(MethodInfo getter, Side side)
        where TRecord : class
    {
        var get = getter.CreateDelegate<Func<TRecord, TValue>>();
        return side == Side.Wanted
            ? entry => get((TRecord)(object)entry.Wanted)
            : entry => get((TRecord)(object)entry.Seen);
    }

    /// <summary>The getter of a field that stands directly in the record; null where it stands in a nested one.</summary>
    private static MethodInfo? Getter(Kind kind, Field field)
        => (field.Side == Side.Wanted ? kind.ClrType : kind.SeenType)
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .FirstOrDefault(property => property.PropertyType == field.ClrType && property.IsDefined(typeof(FieldAttribute)) && ClrTypes.NameOf(property) == field.Name)
            ?.GetMethod;
}
