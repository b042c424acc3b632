using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Protocol;

namespace Drover.Agent.Sessions;

/// <summary>Makes a host known to a server by a registration token.</summary>
public static class Registration
{
    /// <summary>Asks once. Throws <see cref="RegistrationException"/> where the server refuses, <see cref="SessionException"/> where it cannot be reached or is not ready.</summary>
    /// <param name="http">Its base address is the server's.</param>
    /// <param name="token">The registration token. Travels in a header alone.</param>
    /// <param name="host">What the host says of itself.</param>
    /// <param name="cancel">Ends the call.</param>
    public static async Task<Registered> JoinAsync(HttpClient http, string token, HostDescription host, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Wire.RegisterPath.TrimStart('/'));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Content = JsonContent.Create(host, options: ModelJson.Options);
            using var response = await http.SendAsync(request, cancel);
            if (!response.IsSuccessStatusCode) throw await RefusalAsync(response, cancel);
            return await response.Content.ReadFromJsonAsync<Registered>(ModelJson.Options, cancel) is { HostId.Length: > 0, AccessKey.Length: > 0, SecretKey.Length: > 0 } registered
                ? registered
                : throw new SessionException("The server's answer to the registration is not complete");
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException || (failure is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            throw new SessionException($"The server at {http.BaseAddress} cannot be reached: {failure.Message}", inner: failure);
        }
    }

    private static async Task<Exception> RefusalAsync(HttpResponseMessage response, CancellationToken cancel) => response.StatusCode switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new RegistrationException("The registration token is wrong, has expired or was deactivated: take a new one from the environment's hosts page"),
        HttpStatusCode.Conflict => new RegistrationException(await MessageAsync(response, cancel) ?? "This host belongs to another environment: remove it there, or empty the agent's data folder"),
        HttpStatusCode.NotFound => new RegistrationException("There is no Drover server at this address"),
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => new RegistrationException(await MessageAsync(response, cancel) ?? "The server does not take this host's description"),
        var other => new SessionException($"The server answered the registration with {(int)other}"),
    };

    private static async Task<string?> MessageAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        try
        {
            var body = await response.Content.ReadFromJsonAsync<JsonElement>(cancel);
            foreach (var field in (ReadOnlySpan<string>)["message", "detail", "code"])
            {
                if (body.ValueKind == JsonValueKind.Object && body.TryGetProperty(field, out var text) && text.GetString() is { Length: > 0 } message) return message;
            }
        }
        catch (Exception rubbish) when (rubbish is JsonException or InvalidOperationException or NotSupportedException)
        {
            // the status alone says enough
        }

        return null;
    }
}

/// <summary>The server refuses this host, and asking again is useless.</summary>
public sealed class RegistrationException(string message) : Exception(message);
