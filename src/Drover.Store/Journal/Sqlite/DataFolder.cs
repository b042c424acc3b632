using System.Globalization;

namespace Drover.Store.Journal.Sqlite;

/// <summary>The folder that one server keeps its data in, locked for as long as it is open.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    /// <summary>Creates the folder where it is missing and locks it. Throws <see cref="DataFolderException"/> where another process has it open.</summary>
    public DataFolder(string path)
    {
        Root = path;
        try
        {
            Create(path);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException($"the data folder {path} cannot be created: {denied.Message}", denied);
        }

        _lock = Lock();
    }

    public string Root { get; }

    public string Database => Path.Combine(Root, "drover.db");

    public string SnapshotFile(long revision) => Path.Combine(Root, string.Create(CultureInfo.InvariantCulture, $"snapshot-{revision}.bin"));

    /// <summary>The snapshot files that lie here, complete or not.</summary>
    public IEnumerable<string> SnapshotFiles() => Directory.EnumerateFiles(Root, "snapshot-*.bin");

    public void Dispose() => _lock.Dispose();

    private static void Create(string path)
    {
        if (Directory.Exists(path)) return;

        // Keys and secrets are kept here: nobody else may look in.
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private FileStream Lock()
    {
        var path = Path.Combine(Root, "lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held)
        {
            throw new DataFolderException($"the data folder {Root} is open in another process; stop that one or use another folder", held);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new DataFolderException($"the data folder {Root} cannot be written: {denied.Message}", denied);
        }
    }
}
