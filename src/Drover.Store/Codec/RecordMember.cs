using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Drover.Store.Codec;

/// <summary>One stored property: compares, writes and reads it.</summary>
internal abstract class RecordMember(MemberShape shape, int number)
{
    /// <summary>What is shown instead of a secret.</summary>
    protected const string Hidden = "(hidden)";

    public MemberShape Shape { get; } = shape;

    public int Number { get; } = number;

    /// <summary>True where the record holds the value that a new record has.</summary>
    public abstract bool IsInitial(object record);

    public abstract bool Same(object left, object right);

    public abstract void Write(ByteWriter writer, object record);

    /// <summary>Reads the value into a record that nobody else holds yet.</summary>
    public abstract void Read(ref ByteReader reader, Form form, object record);

    /// <summary>The record's value for people.</summary>
    public abstract JsonNode? Json(object record);
}

internal sealed class RecordMember<TRecord, TValue> : RecordMember
    where TRecord : class
{
    private readonly Func<TRecord, TValue> _get;
    private readonly Action<TRecord, TValue> _set;
    private readonly ValueCodec<TValue> _codec;
    private readonly TValue _initial;
    private readonly ulong _head;
    private readonly ulong _emptyHead;

    public RecordMember(MemberShape shape, int number, ValueCodec<TValue> codec, TRecord initial)
        : base(shape, number)
    {
        _get = shape.Property.GetMethod!.CreateDelegate<Func<TRecord, TValue>>();
        _set = shape.Property.SetMethod!.CreateDelegate<Action<TRecord, TValue>>();
        _codec = codec;
        _initial = _get(initial);
        _head = ((ulong)number << 2) | (ulong)codec.Form;
        _emptyHead = ((ulong)number << 2) | (ulong)Form.None;
    }

    public override bool IsInitial(object record) => _codec.Same(_get(Unsafe.As<TRecord>(record)), _initial);

    public override bool Same(object left, object right) => _codec.Same(_get(Unsafe.As<TRecord>(left)), _get(Unsafe.As<TRecord>(right)));

    public override void Write(ByteWriter writer, object record)
    {
        var value = _get(Unsafe.As<TRecord>(record));
        if (_codec.IsNone(value))
        {
            writer.Number(_emptyHead);
            return;
        }

        writer.Number(_head);
        _codec.Write(writer, value);
    }

    public override void Read(ref ByteReader reader, Form form, object record)
    {
        if (form == Form.None)
            _set(Unsafe.As<TRecord>(record), default!);
        else if (form == _codec.Form)
            _set(Unsafe.As<TRecord>(record), _codec.Read(ref reader));
        else
            throw new InvalidDataException($"{Shape.Property.DeclaringType?.Name}.{Shape.Name} is stored as {form} but read as {_codec.Form}");
    }

    public override JsonNode? Json(object record)
    {
        var value = _get(Unsafe.As<TRecord>(record));
        return Shape.Secret && !_codec.IsNone(value) ? Hidden : _codec.Json(value);
    }
}
