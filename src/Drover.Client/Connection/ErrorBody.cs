using System.Net;
using System.Text.Json;

namespace Drover.Client.Connection;

/// <summary>Reads the API's error body; what stands before the API, such as a proxy, may answer in other forms.</summary>
internal static class ErrorBody
{
    public static ApiException Read(HttpStatusCode status, string text)
    {
        try
        {
            using var body = JsonDocument.Parse(text);
            if (body.RootElement.ValueKind == JsonValueKind.Object && Text(body.RootElement, "code") is { } code)
                return new ApiException(
                    status, code, Text(body.RootElement, "fieldName"), Text(body.RootElement, "message"), Text(body.RootElement, "detail"));
        }
        catch (JsonException)
        {
            // Not the API's own body: the status has to do.
        }

        return new ApiException(status, status.ToString());
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
