using System.Text.Json;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Protocol;
using Drover.Server.Api.Calls;
using Drover.Server.Audit;
using Drover.Server.Credentials;
using Drover.Server.Hosts;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Agents;

/// <summary>The two paths that agents use: joining, and the session.</summary>
internal sealed class AgentRoutes(SessionParts parts, AgentRegistration registration, AuditTrail audit)
{
    /// <summary>The largest description of a host, in bytes.</summary>
    private const int LargestDescription = 1024 * 1024;

    private static readonly Problem NoSuchToken = new("Unauthorized", Message: "The registration token is wrong, expired or not active", Status: 401);

    /// <summary>POST of a <see cref="HostDescription"/> with the token as Bearer.</summary>
    public async Task RegisterAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method)) throw new ProblemException(Problem.NotAllowed());
        var header = http.Request.Headers.Authorization.ToString();
        var token = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : "";
        var environment = RegistrationTokens.EnvironmentOf(parts.Store.Current, token, parts.Time.GetUtcNow()) ?? throw new ProblemException(NoSuchToken);
        var registered = await registration.RegisterAsync(environment, await ReadAsync(http), http.RequestAborted);
        await audit.NoteAsync(new AuditNote
        {
            Caller = new Caller(Roles.Register, environment, environment) { AuthType = "RegistrationToken" },
            Type = "register",
            Verb = "create",
            ClientIp = AuditTrail.ClientIpOf(http),
            Response = JsonSerializer.SerializeToUtf8Bytes(new { hostId = registered.HostId }),
            Status = StatusCodes.Status201Created,
            At = parts.Time.GetUtcNow(),
        });
        http.Response.StatusCode = StatusCodes.Status201Created;
        await http.Response.WriteAsJsonAsync(registered, ModelJson.Options, http.RequestAborted);
    }

    /// <summary>The WebSocket of a session, signed in with the agent's key.</summary>
    public async Task SessionAsync(HttpContext http)
    {
        var agent = AgentKeys.Find(parts.Store.Current, http.Request.Headers.Authorization) ?? throw new ProblemException(new Problem("Unauthorized", Message: "The agent's key is not known", Status: 401));
        if (!http.WebSockets.IsWebSocketRequest) throw new ProblemException(new Problem("Upgrade Required", Message: "This path speaks WebSocket only", Status: 426));
        var host = parts.Store.Current.By<Host>("agentId", agent.Id).FirstOrDefault() ?? throw new ProblemException(new Problem("Unauthorized", Message: "The agent's host was removed", Status: 401));
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        try
        {
            await new AgentConversation(parts, host.Id, new WebSocketChannel(socket), Origin.Of(http.Request)).RunAsync(http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            socket.Abort();
        }
    }

    private static async Task<HostDescription> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength > LargestDescription) throw new ProblemException(new Problem("Request Entity Too Large", Message: "The description of a host is at most 1 MB", Status: 413));
        try
        {
            return await JsonSerializer.DeserializeAsync<HostDescription>(http.Request.Body, ModelJson.Options, http.RequestAborted)
                ?? throw new JsonException("null is no description");
        }
        catch (JsonException rubbish)
        {
            throw new ProblemException(new Problem("InvalidFormat", Message: "The description of the host is malformed", Status: 400, Detail: rubbish.Message));
        }
    }
}
