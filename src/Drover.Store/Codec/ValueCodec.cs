using System.Text.Json.Nodes;

namespace Drover.Store.Codec;

/// <summary>How many bytes a value takes, so that a reader can pass over a field that it does not know.</summary>
internal enum Form
{
    /// <summary>No bytes: the value is null, empty or zero although the initial value is not.</summary>
    None = 0,

    /// <summary>One variable-length number.</summary>
    Number = 1,

    /// <summary>Length plus one, then the bytes.</summary>
    Block = 2,

    /// <summary>Eight bytes.</summary>
    Fixed = 3,
}

/// <summary>Writes and reads the values of one type.</summary>
internal abstract class ValueCodec<T>(Form form)
{
    public Form Form { get; } = form;

    /// <summary>True where the value is written as <see cref="Form.None"/>.</summary>
    public abstract bool IsNone(T value);

    public abstract bool Same(T left, T right);

    public abstract void Write(ByteWriter writer, T value);

    public abstract T Read(ref ByteReader reader);

    /// <summary>The value for people, secrets blanked.</summary>
    public abstract JsonNode? Json(T value);
}

internal sealed class LongCodec() : ValueCodec<long>(Form.Number)
{
    public override bool IsNone(long value) => value == 0;

    public override bool Same(long left, long right) => left == right;

    public override void Write(ByteWriter writer, long value) => writer.Signed(value);

    public override long Read(ref ByteReader reader) => reader.Signed();

    public override JsonNode? Json(long value) => JsonValue.Create(value);
}

internal sealed class IntCodec() : ValueCodec<int>(Form.Number)
{
    public override bool IsNone(int value) => value == 0;

    public override bool Same(int left, int right) => left == right;

    public override void Write(ByteWriter writer, int value) => writer.Signed(value);

    public override int Read(ref ByteReader reader) => checked((int)reader.Signed());

    public override JsonNode? Json(int value) => JsonValue.Create(value);
}

internal sealed class BoolCodec() : ValueCodec<bool>(Form.Number)
{
    public override bool IsNone(bool value) => !value;

    public override bool Same(bool left, bool right) => left == right;

    public override void Write(ByteWriter writer, bool value) => writer.Byte(value ? (byte)1 : (byte)0);

    public override bool Read(ref ByteReader reader) => reader.Number() != 0;

    public override JsonNode? Json(bool value) => JsonValue.Create(value);
}

internal sealed class DoubleCodec() : ValueCodec<double>(Form.Fixed)
{
    public override bool IsNone(double value) => BitConverter.DoubleToInt64Bits(value) == 0;

    public override bool Same(double left, double right) => left.Equals(right);

    public override void Write(ByteWriter writer, double value) => writer.Fixed(BitConverter.DoubleToInt64Bits(value));

    public override double Read(ref ByteReader reader) => BitConverter.Int64BitsToDouble(reader.Fixed());

    public override JsonNode? Json(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}

/// <summary>Keeps the instant; the offset is lost, as nothing compares or shows it.</summary>
internal sealed class TimeCodec() : ValueCodec<DateTimeOffset>(Form.Fixed)
{
    public override bool IsNone(DateTimeOffset value) => value.UtcTicks == 0;

    public override bool Same(DateTimeOffset left, DateTimeOffset right) => left == right;

    public override void Write(ByteWriter writer, DateTimeOffset value) => writer.Fixed(value.UtcTicks);

    public override DateTimeOffset Read(ref ByteReader reader) => new(reader.Fixed(), TimeSpan.Zero);

    public override JsonNode? Json(DateTimeOffset value) => JsonValue.Create(value);
}

internal sealed class TextCodec() : ValueCodec<string?>(Form.Block)
{
    public override bool IsNone(string? value) => value is null;

    public override bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.Ordinal);

    public override void Write(ByteWriter writer, string? value) => writer.Text(value);

    public override string? Read(ref ByteReader reader) => reader.Text();

    public override JsonNode? Json(string? value) => value is null ? null : JsonValue.Create(value);
}

/// <summary>A value type that may be missing.</summary>
internal sealed class NullableCodec<T>(ValueCodec<T> inner) : ValueCodec<T?>(inner.Form)
    where T : struct
{
    // A set zero must stay apart from null, so that only null is written without bytes.
    public override bool IsNone(T? value) => value is null;

    public override bool Same(T? left, T? right)
        => left.HasValue == right.HasValue && (!left.HasValue || inner.Same(left.GetValueOrDefault(), right.GetValueOrDefault()));

    public override void Write(ByteWriter writer, T? value) => inner.Write(writer, value!.Value);

    public override T? Read(ref ByteReader reader) => inner.Read(ref reader);

    public override JsonNode? Json(T? value) => value is { } set ? inner.Json(set) : null;
}
