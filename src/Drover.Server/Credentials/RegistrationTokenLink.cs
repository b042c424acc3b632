using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;

namespace Drover.Server.Credentials;

/// <summary>The link `registrationUrl`, which clients wait for.</summary>
public sealed class RegistrationTokenLink(TimeProvider time) : IExtraLinks
{
    public string Kind => "registrationToken";

    public IEnumerable<(string Name, string Url)> Links(ApiCall call, Entry entry)
    {
        if (RegistrationTokens.TextOf(entry, time.GetUtcNow()) is { } text)
            yield return ("registrationUrl", RegistrationTokens.UrlOf(call.Snapshot, call.Urls.Root, text));
    }
}
