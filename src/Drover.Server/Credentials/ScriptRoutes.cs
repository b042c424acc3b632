using System.Text;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Credentials;

/// <summary>`/v1/scripts/TOKEN`: the shell script that an agent's container reads its keys from.</summary>
public sealed class ScriptRoutes(ServerParts parts)
{
    /// <summary>Answers any `.../scripts/NAME`; an unknown or dead token is 404, as every unknown script.</summary>
    public Task AnswerAsync(HttpContext http, Caller? caller)
    {
        var path = http.Request.Path.Value!;
        var name = path[(path.LastIndexOf("/scripts/", StringComparison.OrdinalIgnoreCase) + "/scripts/".Length)..];
        var view = parts.Store.Current;
        if (RegistrationTokens.EnvironmentOf(view, name, parts.Time.GetUtcNow()) is null) throw new ProblemException(Problem.NotFound());
        var host = Origin.Public(view, http.Request);
        var script = new StringBuilder("#!/bin/sh\n")
            .Append("export CATTLE_REGISTRATION_ACCESS_KEY=").Append(Quoted("registrationToken")).Append('\n')
            .Append("export CATTLE_REGISTRATION_SECRET_KEY=").Append(Quoted(name)).Append('\n')
            .Append("export CATTLE_URL=").Append(Quoted(host + "/v1")).Append('\n')
            .Append("export DETECTED_CATTLE_AGENT_IP=").Append(Quoted(http.Connection.RemoteIpAddress?.MapToIPv4().ToString() ?? "")).Append('\n');
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(script.ToString(), http.RequestAborted);
    }

    /// <summary>Text that a shell takes as it is, whatever is in it.</summary>
    private static string Quoted(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
