namespace Drover.Server.Processes;

/// <summary>Numbers of processes. They follow from the object and what was asked of it, so that a process keeps its number over a restart.</summary>
/// <param name="Family">Place of the object's family in <see cref="ProcessNames.Families"/>.</param>
/// <param name="Object">The object's number.</param>
/// <param name="Mark">The generation that was asked for, or the beginning where nothing was; see <see cref="Asked"/> and <see cref="Since"/>.</param>
public readonly record struct ProcessId(int Family, long Object, ushort Mark)
{
    private const int MarkBits = 16;
    private const int FamilyBits = 8;
    private const ushort Unasked = 0x8000;

    /// <summary>The number on the wire.</summary>
    public long Number => (Object << (MarkBits + FamilyBits)) | ((long)Mark << FamilyBits) | (uint)Family;

    /// <summary>The mark of a process that a commit asked for.</summary>
    public static ushort Asked(long generation) => (ushort)(generation & ~Unasked);

    /// <summary>The mark of a process that nobody asked for.</summary>
    public static ushort Since(DateTimeOffset start) => (ushort)(Unasked | (start.ToUnixTimeSeconds() & (Unasked - 1)));

    /// <summary>Reads a number back; null where it can be none.</summary>
    public static ProcessId? Read(long number)
    {
        var id = new ProcessId((int)(number & ((1 << FamilyBits) - 1)), number >> (MarkBits + FamilyBits), (ushort)(number >> FamilyBits));
        return id.Family < ProcessNames.Families.Length && id.Object > 0 ? id : null;
    }
}
