namespace Drover.Server;

/// <summary>How a server is started.</summary>
public sealed record ServerOptions
{
    /// <summary>The folder of the journal and of the setup secret; null keeps everything in memory.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Where to listen, such as http://0.0.0.0:8080; port 0 takes a free one.</summary>
    public string Listen { get; init; } = "http://127.0.0.1:8080";

    /// <summary>True lets anybody in while access control is off, as Rancher 1.6 does.</summary>
    public bool Open { get; init; }

    /// <summary>The folder of the web page; null takes wwwroot beside the program.</summary>
    public string? WebFolder { get; init; }

    /// <summary>The folder of what new hosts fetch: the agent's image and program; null takes downloads beside the program.</summary>
    public string? DownloadFolder { get; init; }

    /// <summary>A folder of certificates of authorities that directories are trusted by besides the machine's; null takes trust in the data folder (AUTH-24).</summary>
    public string? TrustFolder { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public IdSource Ids { get; init; } = IdSource.System;

    /// <summary>Where the proxy to servers elsewhere connects. A seam for tests, which put a server of their own in its place: no verb and no setting reaches it.</summary>
    public Proxies.IOutsideNetwork Outside { get; init; } = Proxies.PublicNetwork.System;
}
