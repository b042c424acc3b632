using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Drover.Agent.State;

/// <summary>Files that only their owner reads and that are whole or not there, also after a power cut.</summary>
internal static partial class SafeFiles
{
    private const int CloseOnExec = 0x80000;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the folder, for its owner alone.</summary>
    public static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>Replaces the file with what is written, in one stroke.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        var next = path + ".new";
        File.Delete(next); // one that is left over may have another mode
        using (var stream = new FileStream(next, options))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
        SyncFolder(Path.GetDirectoryName(path)!);
    }

    private static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        using var handle = new SafeFileHandle(OpenFolder(folder, CloseOnExec), ownsHandle: true); // .NET opens no folders
        if (handle.IsInvalid) throw new IOException($"{folder} cannot be opened: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        RandomAccess.FlushToDisk(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFolder(string path, int flags);
}
