using System.Net;

namespace Drover.Agent.Docker.Engine;

/// <summary>
/// Sorts the engine's refusals. Statuses decide where they can (403 is its word for networks in use); what a registry said arrives as 404 or 500, or inside a
/// stream of progress without a status, and is told by its words.
/// </summary>
internal static class EngineFaults
{
    private static readonly string[] Unauthorized =
    [
        "unauthorized", "no basic auth credentials", "authentication required", "incorrect username or password",
        "access to the resource is denied", "requested access to the resource is denied",
    ];

    private static readonly string[] NotFound =
        ["manifest unknown", "no such image", "not found", "repository does not exist", "no such container", "name unknown"];

    private static readonly string[] BadRequest = ["invalid reference format", "invalid tag format", "repository name must"];

    public static EngineFault Classify(HttpStatusCode? status, string message) => status switch
    {
        HttpStatusCode.Unauthorized => EngineFault.Unauthorized,
        HttpStatusCode.Forbidden => Contains(message, Unauthorized) ? EngineFault.Unauthorized : EngineFault.Conflict,
        HttpStatusCode.NotFound => Contains(message, Unauthorized) ? EngineFault.Unauthorized : EngineFault.NotFound,
        HttpStatusCode.Conflict => EngineFault.Conflict,
        >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => EngineFault.BadRequest,
        _ when Contains(message, Unauthorized) => EngineFault.Unauthorized,
        _ when Contains(message, BadRequest) => EngineFault.BadRequest,
        null when Contains(message, NotFound) => EngineFault.NotFound,
        _ => EngineFault.Failed,
    };

    private static bool Contains(string message, string[] words) =>
        words.Any(word => message.Contains(word, StringComparison.OrdinalIgnoreCase));
}
