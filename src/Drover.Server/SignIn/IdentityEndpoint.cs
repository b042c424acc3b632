using Drover.Model.Accounts;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Api.Views;
using Drover.Server.SignIn.Configs;
using Drover.Server.SignIn.Local;
using Drover.Server.SignIn.Sessions;
using Drover.Store;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.SignIn;

/// <summary>`identities`: the caller's own, those that a search finds (`name` exactly, `all` as a part), and one by its id (api-auth.md section 7).</summary>
public sealed class IdentityEndpoint(SignInService signIn, ResourceStore store) : IKindEndpoint
{
    public string Kind => "identity";

    public async Task<EndpointOutcome> AnswerAsync(ApiCall call, KindView kind, HttpRequest request, CancellationToken cancel)
    {
        if (call.Method != "GET" || call.Path.Link is not null) throw new ProblemException(Problem.NotFound());
        if (call.Path.Id is { } id) return EndpointOutcome.Of(await FindAsync(call.Snapshot, id, cancel) ?? throw new ProblemException(Problem.NotFound()));
        if (call.Parameter("name") is { Length: > 0 } name) return EndpointOutcome.Of(await SearchAsync(call.Snapshot, name, true, cancel));
        if (call.Parameter("all") is { Length: > 0 } part) return EndpointOutcome.Of(await SearchAsync(call.Snapshot, part, false, cancel));
        return EndpointOutcome.Of(Own(call));
    }

    /// <summary>One identity by its wire id; null where nobody knows it. Throws 400 for a type that no provider has.</summary>
    public async Task<Identity?> FindAsync(Snapshot view, string id, CancellationToken cancel)
    {
        if (Identities.Parse(id) is not var (type, externalId)) throw new ProblemException(Problem.NotFound());
        var provider = signIn.Providers.FirstOrDefault(p => p.Config.Knows(type))
            ?? throw new ProblemException(new Problem("invalidIdentityType", Message: $"No provider has identities of type {type}", Status: 400));
        if (provider.Config != ProviderConfigs.Local && signIn.Configured(view) != provider) return Remembered(view, type, externalId);
        return await provider.FindAsync(new(provider.Config, view), type, externalId, cancel) ?? Remembered(view, type, externalId);
    }

    private async Task<IEnumerable<Identity>> SearchAsync(Snapshot view, string text, bool exact, CancellationToken cancel)
    {
        var found = new List<Identity>();
        foreach (var provider in signIn.Providers.Where(p => p.Config == ProviderConfigs.Local || p == signIn.Configured(view)))
            found.AddRange(await provider.SearchAsync(new(provider.Config, view), text, exact, cancel));
        return found.DistinctBy(Identities.KeyOf);
    }

    private IEnumerable<Identity> Own(ApiCall call)
    {
        var view = store.Current;
        var self = LocalProvider.Of(view, call.Caller.AuthenticatedId);
        var known = SessionTable.Of(view, call.Caller.AuthenticatedId).OrderByDescending(s => s.Id).Select(s => SessionTable.FactsOf(s).Identities).FirstOrDefault() ?? [];
        return (self is null ? known : known.Prepend(self)).DistinctBy(Identities.KeyOf);
    }

    /// <summary>What an account is known as, where its provider cannot be asked or does not look people up.</summary>
    private static Identity? Remembered(Snapshot view, string type, string externalId)
        => view.All<Account>().FirstOrDefault(e => e is { IsRemoved: false, Wanted: Account account } && account.ExternalIdType == type && string.Equals(account.ExternalId, externalId, StringComparison.OrdinalIgnoreCase))
            is { Wanted: Account known }
            ? new Identity { ExternalIdType = type, ExternalId = known.ExternalId, Login = known.Name, Name = known.Name, User = true }
            : null;
}
