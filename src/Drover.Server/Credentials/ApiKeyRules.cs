using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Server.Api.Binding;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Environments;

namespace Drover.Server.Credentials;

/// <summary>Gives a new API key its two halves; the secret is shown in this one answer and kept as a hash.</summary>
public sealed class ApiKeyRules(IdSource ids) : ICreateRule
{
    private sealed record Halves(string Secret, string Hash);

    public string Kind => "apiKey";

    /// <summary>Hashing takes long, so it is done before the write.</summary>
    public object Prepare(ApiCall call, Body body)
    {
        var chosen = call.Catalog.FindByWord(Kind)?.Find("secretValue") is { Create: true } ? body.Text("secretValue") : null;
        var secret = chosen is { Length: > 0 } ? chosen : ids.NewSecret();
        return new Halves(secret, SecretHash.Of(secret, ids.Bytes(16)));
    }

    public IEnumerable<Problem> Check(CreateDraft draft)
    {
        // The key of an environment acts as the environment itself: who may not act on infrastructure gets none, nor does a container, whose account sees less and goes with it.
        if (draft.Caller.AgentId is not null || (draft.Caller.InProject && !Infrastructure.Admits(draft.Tx.View, draft.Caller.Role)))
        {
            yield return Problem.Forbidden();
            yield break;
        }

        var key = (ApiKey)draft.Wanted;
        if (key.PublicValue is { } taken && draft.Tx.View.By<ApiKey>("publicValue", taken).Any())
        {
            yield return new Problem("NotUnique", "publicValue");
            yield break;
        }

        var halves = (Halves)draft.Prepared!;
        draft.Show("secretValue", halves.Secret);
        draft.Wanted = key with { PublicValue = key.PublicValue ?? ids.NewKeyName(), SecretValue = null, SecretHash = halves.Hash };
    }
}
