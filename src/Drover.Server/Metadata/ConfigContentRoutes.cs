using Drover.Model.Kernel;
using Drover.Server.Agents;
using Drover.Server.Api.Calls;
using Drover.Server.Projections;
using Drover.Store;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Metadata;

/// <summary>`configcontent/metadata-answers`: what rancher-metadata downloads and says it has taken in, in the role of an agent (clients.md section 5).</summary>
internal sealed class ConfigContentRoutes(ResourceStore store)
{
    /// <summary>The one configuration that is there to fetch.</summary>
    public const string Item = "metadata-answers";

    /// <summary>Answers GET with the objects and PUT, which says that a version was taken in, with nothing. Throws 404 for other items and readers older than the format.</summary>
    public async Task AnswerAsync(HttpContext http, Caller? caller)
    {
        var (request, response) = (http.Request, http.Response);
        var isOurs = request.Path.Value!.EndsWith("/" + Item, StringComparison.OrdinalIgnoreCase);
        // The reader puts a second "?" into its PUT: the client is then part of the value before it.
        if (!isOurs || !request.QueryString.Value!.Contains("client=v2", StringComparison.Ordinal)) throw new ProblemException(Problem.NotFound());
        if (HttpMethods.IsPut(request.Method)) return;
        if (!HttpMethods.IsGet(request.Method)) throw new ProblemException(new Problem("Method not allowed", Message: "Method not allowed", Status: 405));
        var snapshot = store.Current;
        response.ContentType = "application/octet-stream";
        await MetadataContent.WriteAsync(response.Body, EnvironmentProjection.Of(snapshot, caller!.AccountId), HostOf(snapshot, caller)?.Wanted.Uuid, snapshot.Revision, http.RequestAborted);
    }

    /// <summary>The host of an agent; null for an agent without one.</summary>
    public static Entry? HostOf(Snapshot snapshot, Caller caller)
        => caller.AgentId is { } agent ? ServiceAccounts.HostOf(snapshot, agent) : null;
}
