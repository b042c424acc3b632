using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Drover.Model.Kernel;

namespace Drover.Store.Codec;

/// <summary>The codecs of all records, each built when it is first needed.</summary>
internal sealed class CodecTable
{
    private static readonly MethodInfo BuildMember = typeof(CodecTable).GetMethod(nameof(MemberOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly NameTable _names;
    private readonly Dictionary<Type, RecordShape> _shapes;
    private readonly ConcurrentDictionary<Type, RecordCodec> _records = new();
    private readonly ConcurrentDictionary<Type, object> _values = new();
    private readonly Func<Type, RecordCodec> _buildRecord;

    public CodecTable(NameTable names, ImmutableArray<RecordShape> shapes)
    {
        _names = names;
        _shapes = shapes.ToDictionary(shape => shape.ClrType);
        _buildRecord = BuildRecord;
    }

    public RecordCodec Of(Type record) => _records.GetOrAdd(record, _buildRecord);

    private RecordCodec BuildRecord(Type type)
        => new(type, initial => _shapes[type].Members.Select(member => (RecordMember)BuildMember
            .MakeGenericMethod(type, member.Property.PropertyType)
            .Invoke(null, [member, _names.OfMember(_shapes[type].Name, member), ValueOf(member.Property.PropertyType), initial])!));

    private static RecordMember<TRecord, TValue> MemberOf<TRecord, TValue>(MemberShape shape, int number, object codec, object initial)
        where TRecord : class
        => new(shape, number, (ValueCodec<TValue>)codec, (TRecord)initial);

    private object ValueOf(Type type) => _values.GetOrAdd(type, BuildValue);

    private object BuildValue(Type type)
    {
        if (type == typeof(long)) return new LongCodec();
        if (type == typeof(int)) return new IntCodec();
        if (type == typeof(bool)) return new BoolCodec();
        if (type == typeof(double)) return new DoubleCodec();
        if (type == typeof(DateTimeOffset)) return new TimeCodec();
        if (type == typeof(string)) return new TextCodec();
        if (type == typeof(RawJson)) return new RawJsonCodec();
        if (Nullable.GetUnderlyingType(type) is { } bare) return Make(typeof(NullableCodec<>), bare, ValueOf(bare));
        if (ClrTypes.ElementOf(type) is { } element) return Make(typeof(ArrayCodec<>), element, ValueOf(element));
        if (ClrTypes.ValueOf(type) is { } value) return Make(typeof(MapCodec<>), value, ValueOf(value));
        return Make(typeof(NestedCodec<>), type, () => Of(type));
    }

    private static object Make(Type definition, Type argument, object part)
        => Activator.CreateInstance(definition.MakeGenericType(argument), part)!;
}
