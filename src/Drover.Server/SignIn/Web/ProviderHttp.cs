using System.Net.Http.Headers;
using System.Text.Json;
using Drover.Model.Kernel;

namespace Drover.Server.SignIn.Web;

/// <summary>Asks the HTTP servers of providers: short waits, no redirects, JSON in and out. What fails is a problem that names no secret.</summary>
public sealed class ProviderHttp(HttpClient http)
{
    /// <summary>An answer of a provider.</summary>
    /// <param name="Status">The status of HTTP.</param>
    /// <param name="Json">The body; undefined where it is no JSON.</param>
    /// <param name="IsSpent">True where the headers say that too much was asked lately.</param>
    public sealed record Reply(int Status, JsonElement Json, bool IsSpent)
    {
        /// <summary>A text member of the answer; null where there is none.</summary>
        public string? Text(string name) => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    /// <summary>Reads a document. The bearer is the provider's access token, or null.</summary>
    public Task<Reply> GetAsync(string url, AuthenticationHeaderValue? authorization, CancellationToken cancel) => SendAsync(new HttpRequestMessage(HttpMethod.Get, Address(url)), authorization, cancel);

    /// <summary>Sends a form.</summary>
    public Task<Reply> PostAsync(string url, IReadOnlyDictionary<string, string> form, AuthenticationHeaderValue? authorization, CancellationToken cancel)
        => SendAsync(new HttpRequestMessage(HttpMethod.Post, Address(url)) { Content = new FormUrlEncodedContent(form) }, authorization, cancel);

    /// <summary>The provider does not answer, or not as it should.</summary>
    public static ProblemException Unavailable(string detail) => new(new Problem("AuthError", Message: "The sign-in provider does not answer", Status: 503, Detail: detail));

    private static Uri Address(string url)
        => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : throw Unavailable($"{url} is no address");

    private async Task<Reply> SendAsync(HttpRequestMessage request, AuthenticationHeaderValue? authorization, CancellationToken cancel)
    {
        using (request)
        {
            request.Headers.Authorization = authorization;
            request.Headers.Accept.Add(new("application/json"));
            request.Headers.UserAgent.Add(new("drover", null));
            try
            {
                using var answer = await http.SendAsync(request, cancel);
                var bytes = await answer.Content.ReadAsByteArrayAsync(cancel);
                return new Reply((int)answer.StatusCode, Parse(bytes), IsSpent(answer));
            }
            catch (Exception failed) when (failed is HttpRequestException || (failed is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                throw Unavailable($"{request.RequestUri!.GetLeftPart(UriPartial.Path)}: {failed.Message}");
            }
        }
    }

    /// <summary>Retry-After of RFC 9110, or the header that GitHub and others have for it.</summary>
    private static bool IsSpent(HttpResponseMessage answer)
        => answer.Headers.RetryAfter is not null || (answer.Headers.TryGetValues("X-RateLimit-Remaining", out var left) && left.Contains("0"));

    private static JsonElement Parse(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
