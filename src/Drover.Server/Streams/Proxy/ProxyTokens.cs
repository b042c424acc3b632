using Drover.Model.Kernel;
using Drover.Model.Streams;
using Drover.Server.Api.Binding;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Api.Views;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Streams.Proxy;

/// <summary>`proxy` of a container: gives a token for one HTTP request to it (CTR-26).</summary>
internal sealed class ContainerProxyAction(StreamTokens tokens) : IKindAction
{
    public string Kind => "container";

    public string Action => "proxy";

    public Task<ActionOutcome> RunAsync(ActionCall call, CancellationToken cancel)
    {
        var asked = (ContainerProxy)call.Input!;
        var ticket = ProxyTarget.Ticket(call.Call, call.Target, call.Body.Find("port") is null ? null : asked.Port, call.Body.Find("scheme") is null ? null : asked.Scheme);
        return Task.FromResult(ActionOutcome.Of("hostAccess", new HostAccess { Token = tokens.Make(ticket), Url = StreamPaths.Http(call.Call.Urls.Origin, StreamPaths.ContainerProxy + "/") }));
    }
}

/// <summary>`serviceproxies`: the same, where the container is found by its service (api-semantics.md section 17).</summary>
internal sealed class ServiceProxyEndpoint(StreamTokens tokens, StreamAccess access) : IKindEndpoint
{
    public string Kind => "serviceProxy";

    public async Task<EndpointOutcome> AnswerAsync(ApiCall call, KindView kind, HttpRequest request, CancellationToken cancel)
    {
        if (call.Method != "POST") return call.Path.Id is null ? EndpointOutcome.Of([]) : throw new ProblemException(Problem.NotFound());
        var bodies = await BodyReader.ReadAsync(request, call.Query, cancel);
        var body = bodies.IsEmpty ? Body.Empty : bodies[0];
        var asked = (ServiceProxy)RecordBinder.Create(kind, body, new Coercion(call.Catalog, (_, _) => null));
        var service = ProxyTarget.Service(call.Snapshot, call.Caller.AccountId, asked.Service!) ?? throw new ProblemException(Problem.NotFound());
        var ticket = ProxyTarget.Ticket(call, ProxyTarget.Container(call.Snapshot, service), body.Find("port") is null ? null : asked.Port, body.Find("scheme") is null ? null : asked.Scheme);
        if (access.Find(ticket, "proxy") is null) throw new ProblemException(Problem.Forbidden());
        return EndpointOutcome.Of(asked with { Token = tokens.Make(ticket), Url = StreamPaths.Http(call.Urls.Origin, StreamPaths.ContainerProxy + "/") }, 201);
    }
}
