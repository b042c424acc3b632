using Drover.Model.Kernel;
using Drover.Server.Agents;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Settings;

namespace Drover.Server.Credentials;

/// <summary>What an active registration token shows: token, image, address and command.</summary>
/// <param name="name">One of token, image, registrationUrl, command.</param>
/// <param name="time">Tokens change with the year.</param>
/// <param name="downloads">What a host can fetch from this server.</param>
public sealed class RegistrationTokenViews(string name, TimeProvider time, AgentDownloads downloads) : IViewField
{
    /// <summary>The fields there are.</summary>
    public static readonly string[] Fields = ["token", "image", "registrationUrl", "command"];

    public string Kind => "registrationToken";

    public string Field => name;

    public object? Value(ApiCall call, Entry entry)
    {
        var image = SettingsTable.Value(call.Snapshot, "bootstrap.required.image") ?? "";
        if (name == "image") return image;
        if (RegistrationTokens.TextOf(entry, time.GetUtcNow()) is not { } text) return null;
        var url = RegistrationTokens.UrlOf(call.Snapshot, call.Urls.Root, text);
        return name switch
        {
            "token" => text,
            "registrationUrl" => url,
            _ => JoinCommand.Of(image, url, SettingsTable.Find("bootstrap.required.image")?.Default == image ? downloads.ChecksumOf(AgentDownloads.ImageFile) : null),
        };
    }
}
