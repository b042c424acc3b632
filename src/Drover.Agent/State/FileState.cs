using System.Text;
using System.Text.Json;
using Drover.Model.Kernel;
using Microsoft.Extensions.Logging;

namespace Drover.Agent.State;

/// <summary>
/// Keeps an agent's state in one file of JSON lines: a start and what changed since, so that a change costs the change. It holds
/// credentials of registries and is readable by its owner alone. What cannot be read is put aside: the engine still has the containers.
/// </summary>
public sealed partial class FileState(string folder, ILogger log) : ILocalState, IDisposable
{
    /// <summary>The format's first line; a file that begins with another is put aside.</summary>
    private const string Header = """{"format":"drover-agent-state","version":1}""";

    private readonly string _path = Path.Combine(folder, "state.jsonl");
    private SavedState _state = SavedState.Empty;
    private FileStream? _file;
    private long _startBytes;

    public SavedState Load()
    {
        SafeFiles.MakeFolder(folder);
        _state = SavedState.Empty;
        if (File.Exists(_path) && !TryRead())
        {
            File.Move(_path, _path + ".unreadable", overwrite: true);
            LogUnreadable(log, _path);
        }

        Rewrite();
        return _state;
    }

    public void Append(IReadOnlyList<StateEntry> entries)
    {
        foreach (var entry in entries) _state = _state.After(entry);
        if (_file is null || _file.Length > (4 * _startBytes) + (1 << 20))
        {
            Rewrite();
            return;
        }

        using var lines = new MemoryStream();
        foreach (var entry in entries) WriteLine(lines, entry);
        try
        {
            _file.Write(lines.GetBuffer(), 0, (int)lines.Length);
            _file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            _file.Dispose();
            _file = null; // half a line may stand there: the next try writes all anew
            throw;
        }
    }

    /// <summary>Puts aside what another server said: its containers stay, and the next one begins with nothing.</summary>
    public static void PutAside(string folder)
    {
        var path = Path.Combine(folder, "state.jsonl");
        if (File.Exists(path)) File.Move(path, path + ".before", overwrite: true);
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>Reads as far as it makes sense: a line that was being written when the power went is the last one. False where not even the start does.</summary>
    private bool TryRead()
    {
        using var reader = new StreamReader(_path, Encoding.UTF8);
        if (reader.ReadLine() != Header) return false;
        for (var number = 2; reader.ReadLine() is { } line; number++)
        {
            try
            {
                _state = _state.After(JsonSerializer.Deserialize<StateEntry>(line, ModelJson.Options) ?? throw new JsonException("null"));
            }
            catch (Exception rubbish) when (rubbish is JsonException or NotSupportedException)
            {
                LogCut(log, _path, number);
                return number > 2;
            }
        }

        return true;
    }

    private void Rewrite()
    {
        _file?.Dispose();
        _file = null;
        SafeFiles.Write(_path, stream =>
        {
            stream.Write(Encoding.UTF8.GetBytes(Header + "\n"));
            foreach (var entry in _state.ToEntries()) WriteLine(stream, entry);
        });
        _file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read);
        _startBytes = _file.Length;
    }

    private static void WriteLine(Stream stream, StateEntry entry)
    {
        JsonSerializer.Serialize(stream, entry, ModelJson.Options);
        stream.WriteByte((byte)'\n');
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} cannot be read and was put aside; the containers are taken up from the engine")]
    private static partial void LogUnreadable(ILogger log, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} cannot be read from line {Line} on; what stands before it is used")]
    private static partial void LogCut(ILogger log, string path, int line);
}
