using System.Text.Json;
using Drover.Model.Kernel;

namespace Drover.Protocol;

/// <summary>The encoding of messages and the versions of the protocol.</summary>
public static class Wire
{
    /// <summary>The newest version this program speaks.</summary>
    public const int Version = 1;

    /// <summary>The oldest version this program still speaks.</summary>
    public const int OldestVersion = 1;

    /// <summary>The path of an agent's session below the server's address.</summary>
    public const string SessionPath = "/v1/agent/session";

    /// <summary>The path below the server's address where a host joins: POST its <see cref="HostDescription"/> with the token as Bearer, get a <see cref="Registered"/>.</summary>
    public const string RegisterPath = "/v1/agent/register";

    /// <summary>The path below the server's address where a host dials a stream that it was asked for; the stream's id is its last segment.</summary>
    public const string StreamPath = "/v1/agent/stream/";

    /// <summary>The largest <see cref="StreamNote"/>, in bytes.</summary>
    public const int MaxNoteBytes = 4 * 1024 * 1024;

    /// <summary>The largest message that either side takes, in bytes.</summary>
    public const int MaxMessageBytes = 64 * 1024 * 1024;

    public static byte[] Encode(ServerMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, ModelJson.Options);

    public static byte[] Encode(AgentMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, ModelJson.Options);

    public static byte[] Encode(StreamNote note) => JsonSerializer.SerializeToUtf8Bytes(note, ModelJson.Options);

    /// <summary>Throws <see cref="JsonException"/> on rubbish.</summary>
    public static StreamNote DecodeNote(ReadOnlySpan<byte> frame) => Decode<StreamNote>(frame);

    /// <summary>Throws <see cref="JsonException"/> on rubbish.</summary>
    public static ServerMessage DecodeServer(ReadOnlySpan<byte> frame) => Decode<ServerMessage>(frame);

    /// <summary>Throws <see cref="JsonException"/> on rubbish.</summary>
    public static AgentMessage DecodeAgent(ReadOnlySpan<byte> frame) => Decode<AgentMessage>(frame);

    private static T Decode<T>(ReadOnlySpan<byte> frame)
        => JsonSerializer.Deserialize<T>(frame, ModelJson.Options) ?? throw new JsonException("null is no message");
}
