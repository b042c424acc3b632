using System.Security.Cryptography;
using System.Text;
using Drover.Model.Agents;
using Drover.Model.Kernel;
using Drover.Server.Api;
using Drover.Server.Api.Binding;
using Drover.Server.Api.Calls;
using Drover.Store;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Credentials;

/// <summary>`POST /v1/register {"key": ...}` with a registration token: makes the agent of a host and gives it its keys.</summary>
/// <remarks>The key is the host's own secret. The same key finds the same agent again, with new keys: a host that lost its answer asks once more.</remarks>
public sealed class RegisterRoute(ServerParts parts)
{
    private const int MinKeyLength = 16;
    private const int MaxKeyLength = 1024;

    public async Task AnswerAsync(HttpContext http, Caller? caller)
    {
        if (http.Request.Method != "POST") throw new ProblemException(new Problem("Method not allowed", Message: "Method not allowed", Status: 405));
        var bodies = await BodyReader.ReadAsync(http.Request, [], http.RequestAborted);
        var key = bodies is [var body, ..] ? body.Text("key") : null;
        if (key is null) throw new ProblemException(new Problem("MissingRequired", "key"));
        if (key.Length is < MinKeyLength or > MaxKeyLength) throw new ProblemException(new Problem("InvalidFormat", "key"));
        var (name, secret) = (parts.Ids.NewKeyName(), parts.Ids.NewSecret());
        var hash = SecretHash.Of(secret, parts.Ids.Bytes(16));
        var agent = await parts.Store.WriteAsync(tx => Issue(tx, caller!.AccountId, UriOf(key), name, hash), http.RequestAborted);
        await Answer.Json(
            json =>
            {
                json.WriteStartObject();
                json.WriteString("id", $"1r{agent.Id}");
                json.WriteString("type", "register");
                json.WriteString("state", "active");
                json.WriteString("key", key);
                json.WriteString("accessKey", name);
                json.WriteString("secretKey", secret);
                json.WriteString("agentId", ResourceId.Format(Catalog.All.Of<Agent>(), agent.Id));
                json.WriteEndObject();
            },
            201).SendAsync(http);
    }

    private static Agent Issue(WriteTx tx, long environment, string uri, string name, string hash)
    {
        var known = tx.View.By<Agent>("accountId", environment).FirstOrDefault(e => !e.IsRemoved && ((Agent)e.Wanted).Uri == uri);
        if (known is null)
            return tx.Create(new Agent { AccountId = environment, AgentResourcesAccountId = environment, Uri = uri, PublicValue = name, SecretHash = hash });
        var renewed = (Agent)known.Wanted with { PublicValue = name, SecretHash = hash };
        tx.Put(renewed);
        return renewed;
    }

    private static string UriOf(string key) => "event://" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
