namespace Drover.Client;

/// <summary>Where a server is and who calls.</summary>
public sealed record ClientOptions
{
    /// <summary>The server's address; a path such as /v1 or /v2-beta/projects/1a5, as other clients of the API want it, is understood too.</summary>
    public required Uri Url { get; init; }

    /// <summary>The API key's public half; null where access control is off.</summary>
    public string? AccessKey { get; init; }

    /// <summary>The API key's secret half.</summary>
    public string? SecretKey { get; init; }

    /// <summary>The key of a session, as a sign-in returned it; takes the place of an API key.</summary>
    public string? SessionKey { get; init; }

    /// <summary>Gives up on one request after this time.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Without secrets.</summary>
    public override string ToString() => $"{Url}{(SessionKey is not null ? " with a session" : AccessKey is null ? "" : $" as {AccessKey}")}";
}
