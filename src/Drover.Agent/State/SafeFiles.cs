namespace Drover.Agent.State;

/// <summary>Files that only their owner reads and that are whole or not there, also after a power cut.</summary>
internal static class SafeFiles
{
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
        using var handle = File.OpenHandle(folder, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }
}
