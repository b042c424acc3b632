using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Settings;
using Drover.Store;

namespace Drover.Server.SignIn.Local;

/// <summary>What a password must be: long enough, not the login, and whatever an own service asks (AUTH-08).</summary>
public sealed class PasswordPolicy(HttpClient http, TimeProvider time)
{
    /// <summary>The longest password; hashing a longer one would only cost time.</summary>
    public const int MostLetters = 1024;

    /// <summary>Throws a problem that names the field where the password will not do.</summary>
    public async Task CheckAsync(Snapshot view, string login, string? secret, string field, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(secret)) throw new ProblemException(new Problem("MissingRequired", field));
        if (secret.Length > MostLetters) throw new ProblemException(new Problem("MaxLengthExceeded", field, $"At most {MostLetters} characters"));
        var least = int.TryParse(SettingsTable.Value(view, SignInSettings.PasswordLength), NumberStyles.None, CultureInfo.InvariantCulture, out var set) ? set : 0;
        if (secret.Length < least) throw new ProblemException(new Problem("MinLengthExceeded", field, $"At least {least} characters"));
        if (secret.Equals(login, StringComparison.OrdinalIgnoreCase)) throw new ProblemException(new Problem("InvalidFormat", field, "The password must not be the login name"));
        if (SettingsTable.Value(view, SignInSettings.ValidatorUrl) is { Length: > 0 } url) await AskAsync(view, url, secret, cancel);
    }

    private async Task AskAsync(Snapshot view, string url, string secret, CancellationToken cancel)
    {
        var patience = int.TryParse(SettingsTable.Value(view, SignInSettings.ValidatorTimeout), NumberStyles.None, CultureInfo.InvariantCulture, out var wait) && wait > 0 ? wait : 5000;
        using var late = new CancellationTokenSource(TimeSpan.FromMilliseconds(patience), time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        HttpResponseMessage answer;
        try
        {
            answer = await http.PostAsJsonAsync(new Uri(url, UriKind.Absolute), new { secret }, deadline.Token);
        }
        catch (Exception failed) when (failed is HttpRequestException or UriFormatException || (failed is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new ProblemException(new Problem("Error talking to validator", Message: "The password validator does not answer", Status: 500));
        }

        using (answer)
        {
            if (answer.IsSuccessStatusCode) return;
            if ((int)answer.StatusCode is < 400 or >= 500) throw new ProblemException(new Problem("Error talking to validator", Message: $"The password validator answered {(int)answer.StatusCode}", Status: 500));
            throw new ProblemException(await RefusalAsync(answer, cancel));
        }
    }

    private static async Task<Problem> RefusalAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        try
        {
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
            if (body is { ValueKind: JsonValueKind.Object } && body.TryGetProperty("message", out var message) && body.TryGetProperty("type", out var type))
                return new Problem(type.ToString(), Message: message.ToString(), Status: (int)answer.StatusCode);
        }
        catch (JsonException)
        {
            // Not JSON: the answer below says so.
        }

        return new Problem("Incomplete JSON response", Message: "The password validator refused the password", Status: (int)answer.StatusCode);
    }
}
