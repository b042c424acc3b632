using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Drover.Cli;

/// <summary>The terminal that a person types at.</summary>
public interface ITerminal
{
    /// <summary>Columns and rows; null where it does not say.</summary>
    (int Columns, int Rows)? Size { get; }

    /// <summary>Calls when the size has changed, until disposed.</summary>
    IDisposable OnResize(Action changed);

    /// <summary>Hands every key on as it is typed, until disposed.</summary>
    IDisposable Raw();
}

/// <summary>The process's own terminal on standard input (termios(3), tty_ioctl(4)).</summary>
[SupportedOSPlatform("linux")]
internal sealed partial class ProcessTerminal : ITerminal
{
    private const int StandardInput = 0;
    private const int Now = 0;
    private const nuint GetWindowSize = 0x5413;

    /// <summary>More than any system's struct termios; what is in it is the C library's business.</summary>
    private const int LargestTermios = 256;

    private ProcessTerminal()
    {
    }

    /// <summary>Null where standard input or output is no terminal.</summary>
    public static ITerminal? Find() => !Console.IsInputRedirected && !Console.IsOutputRedirected ? new ProcessTerminal() : null;

    public (int Columns, int Rows)? Size
    {
        get
        {
            Span<ushort> size = stackalloc ushort[4];
            return Control(StandardInput, GetWindowSize, size) == 0 && size is [> 0, > 0, ..] ? (size[1], size[0]) : null;
        }
    }

    public IDisposable OnResize(Action changed) => PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => changed());

    public IDisposable Raw()
    {
        var before = new byte[LargestTermios];
        if (GetAttributes(StandardInput, before) != 0) return new Restored([]);
        var raw = before.ToArray();
        MakeRaw(raw);
        _ = SetAttributes(StandardInput, Now, raw);
        return new Restored(before);
    }

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(int descriptor, nuint request, Span<ushort> size);

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetAttributes(int descriptor, Span<byte> termios);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetAttributes(int descriptor, int when, ReadOnlySpan<byte> termios);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(Span<byte> termios);

    private sealed class Restored(byte[] before) : IDisposable
    {
        public void Dispose()
        {
            if (before.Length > 0) _ = SetAttributes(StandardInput, Now, before);
        }
    }
}
