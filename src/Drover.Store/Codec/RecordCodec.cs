using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Drover.Store.Codec;

/// <summary>Writes and reads records of one type: only what differs from a new record, each field under its number.</summary>
internal sealed class RecordCodec
{
    private static readonly Func<object, object> Clone = typeof(object)
        .GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!
        .CreateDelegate<Func<object, object>>();

    private readonly RecordMember?[] _byNumber;
    private readonly object _initial;

    public RecordCodec(Type type, Func<object, IEnumerable<RecordMember>> members)
    {
        _initial = type.GetConstructor(Type.EmptyTypes) is { } constructor
            ? constructor.Invoke(null)
            : RuntimeHelpers.GetUninitializedObject(type);
        Members = [.. members(_initial)];
        _byNumber = new RecordMember?[Members.Select(member => member.Number).Append(0).Max() + 1];
        foreach (var member in Members) _byNumber[member.Number] = member;
    }

    public ImmutableArray<RecordMember> Members { get; }

    /// <summary>Writes what differs from a new record.</summary>
    public void Write(ByteWriter writer, object record)
    {
        var start = writer.BeginBlock();
        foreach (var member in Members)
            if (!member.IsInitial(record))
                member.Write(writer, record);
        writer.EndBlock(start);
    }

    /// <summary>Writes the fields whose values differ between two records.</summary>
    public void WriteChanges(ByteWriter writer, object before, object after)
    {
        var start = writer.BeginBlock();
        if (!ReferenceEquals(before, after))
            foreach (var member in Members)
                if (!member.Same(before, after))
                    member.Write(writer, after);
        writer.EndBlock(start);
    }

    /// <summary>Reads a whole record.</summary>
    public object Read(ref ByteReader reader)
    {
        if (!reader.Block(out var block)) throw Missing();
        return ReadOver(_initial, block, reader.Pool);
    }

    /// <summary>Reads changed fields and lays them over a record, which stays as it is.</summary>
    public object ReadChanges(ref ByteReader reader, object before)
    {
        if (!reader.Block(out var block)) throw Missing();
        return block.IsEmpty ? before : ReadOver(before, block, reader.Pool);
    }

    /// <summary>Reads the fields of a block as JSON, secrets blanked.</summary>
    public JsonObject ReadJson(ref ByteReader reader)
    {
        if (!reader.Block(out var block)) throw Missing();
        var json = new JsonObject();
        var record = Clone(_initial);
        var fields = new ByteReader(block);
        while (!fields.AtEnd)
            if (ReadField(ref fields, record) is { } member)
                json[member.Shape.Name] = member.Json(record);
        return json;
    }

    /// <summary>What differs from a new record, as JSON, secrets blanked.</summary>
    public JsonObject Json(object record)
        => new(Members
            .Where(member => !member.IsInitial(record))
            .Select(member => KeyValuePair.Create(member.Shape.Name, member.Json(record))));

    private object ReadOver(object source, ReadOnlySpan<byte> block, InternPool? pool)
    {
        var record = Clone(source);
        var fields = new ByteReader(block, pool);
        while (!fields.AtEnd) ReadField(ref fields, record);
        return record;
    }

    private RecordMember? ReadField(ref ByteReader fields, object record)
    {
        var head = fields.Number();
        var (number, form) = (head >> 2, (Form)(head & 3));
        if (number < (ulong)_byNumber.Length && _byNumber[number] is { } member)
        {
            member.Read(ref fields, form, record);
            return member;
        }

        switch (form)
        {
            case Form.Number: fields.Number(); break;
            case Form.Block: fields.Block(out _); break;
            case Form.Fixed: fields.Fixed(); break;
            case Form.None: break;
        }

        return null;
    }

    private static InvalidDataException Missing() => new("a record in the store's data has no body");
}

/// <summary>A record inside another, such as a container's spec. Equal ones that are read together become one.</summary>
internal sealed class NestedCodec<T>(Func<RecordCodec> codec) : ValueCodec<T?>(Form.Block)
    where T : class
{
    private RecordCodec? _codec;

    private RecordCodec Record => _codec ??= codec();

    public override bool IsNone(T? value) => value is null;

    public override bool Same(T? left, T? right) => ReferenceEquals(left, right) || (left is not null && left.Equals(right));

    public override void Write(ByteWriter writer, T? value)
    {
        if (value is null) writer.Byte(0);
        else Record.Write(writer, value);
    }

    public override T? Read(ref ByteReader reader)
    {
        var whole = reader;
        if (!reader.Block(out var block)) return null;
        if (reader.Pool is not { } pool) return (T)Record.Read(ref whole);
        if (pool.Find(this, block) is T known) return known;
        var record = (T)Record.Read(ref whole);
        pool.Keep(this, block, record);
        return record;
    }

    public override JsonNode? Json(T? value) => value is null ? null : Record.Json(value);
}
