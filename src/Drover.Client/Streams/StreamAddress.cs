using System.Net;
using System.Text.Json;

namespace Drover.Client.Streams;

/// <summary>Where the server says that a stream is opened.</summary>
internal static class StreamAddress
{
    /// <summary>The address with its token, out of an action's answer.</summary>
    public static string Of(JsonElement access) =>
        access.ValueKind == JsonValueKind.Object && Text(access, "url") is { } url && Text(access, "token") is { } token
            ? $"{url}?token={Uri.EscapeDataString(token)}"
            : throw new ApiException(HttpStatusCode.OK, "InvalidAnswer", message: "the server names no address for the stream");

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
