using System.Text.Json;
using System.Text.Json.Serialization;

namespace Drover.Agent.Docker.Engine;

/// <summary>A credential for one image registry. Its text form shows no secret.</summary>
public sealed record RegistryAuth
{
    [JsonPropertyName("username")] public required string Username { get; init; }

    [JsonPropertyName("password")] public required string Password { get; init; }

    /// <summary>Host and port as image names begin, such as <c>registry.example.com:5000</c>.</summary>
    [JsonPropertyName("serveraddress")] public required string ServerAddress { get; init; }

    [JsonPropertyName("email")] public string? Email { get; init; }

    public override string ToString() => $"{Username} at {ServerAddress}";

    internal string ToHeader() => Encode(JsonSerializer.SerializeToUtf8Bytes(this, EngineJson.Default.RegistryAuth));

    internal static string ToHeader(IReadOnlyDictionary<string, RegistryAuth> byRegistry) =>
        Encode(JsonSerializer.SerializeToUtf8Bytes(byRegistry, EngineJson.Default.IReadOnlyDictionaryStringRegistryAuth));

    // The engine decodes the URL-safe alphabet with padding and, until 1.43, silently drops a header that it cannot decode.
    private static string Encode(byte[] json) => Convert.ToBase64String(json).Replace('+', '-').Replace('/', '_');
}
