using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Protocol;
using Microsoft.Extensions.Logging;

namespace Drover.Agent.State;

/// <summary>Who this host is, and to which server.</summary>
/// <param name="Uuid">Made once.</param>
/// <param name="Url">The server that gave the keys; null before it joined one.</param>
/// <param name="Keys">What the server gave; null before it joined.</param>
public sealed record HostIdentity(string Uuid, string? Url = null, Registered? Keys = null);

/// <summary>Keeps a <see cref="HostIdentity"/> in a file that only its owner reads.</summary>
public sealed partial class IdentityFile(string folder, ILogger log)
{
    private readonly string _path = Path.Combine(folder, "host.json");

    /// <summary>Null where there is none, or none that can be read: that is put aside.</summary>
    public HostIdentity? Load()
    {
        if (!File.Exists(_path)) return null;
        try
        {
            return JsonSerializer.Deserialize<HostIdentity>(File.ReadAllBytes(_path), ModelJson.Options) is { Uuid.Length: > 0 } identity ? identity : throw new JsonException("no uuid");
        }
        catch (Exception rubbish) when (rubbish is JsonException or NotSupportedException)
        {
            File.Move(_path, _path + ".unreadable", overwrite: true);
            LogUnreadable(log, _path);
            return null;
        }
    }

    /// <summary>Returns once it is safe.</summary>
    public void Save(HostIdentity identity)
    {
        SafeFiles.MakeFolder(folder);
        SafeFiles.Write(_path, stream => JsonSerializer.Serialize(stream, identity, ModelJson.Options));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} cannot be read and was put aside; the host joins again under a new uuid")]
    private static partial void LogUnreadable(ILogger log, string path);
}
