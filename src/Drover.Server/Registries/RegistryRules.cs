using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Model.Registries;
using Drover.Server.Api.Seams;

namespace Drover.Server.Registries;

/// <summary>What holds for registries: one address is registered once per environment, and a removed one takes its credentials along.</summary>
public sealed class RegistryRules : ICreateRule, IRemoveRule
{
    public string Kind => "registry";

    public string Before => "deactivate";

    public IEnumerable<Problem> Check(CreateDraft draft)
    {
        var registry = (Registry)draft.Wanted;
        var address = registry.ServerAddress!.Trim();
        if (address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))) yield return new Problem("InvalidCharacters", "serverAddress");
        var taken = draft.Tx.View.By<Registry>("accountId", draft.Caller.AccountId)
            .Any(e => !e.IsRemoved && address.Equals(((Registry)e.Wanted).ServerAddress, StringComparison.OrdinalIgnoreCase));
        if (taken) yield return new Problem("ServerAddressUsed", Message: "ServerAddressUsed", Status: 400);
        draft.Wanted = registry with { ServerAddress = address };
    }

    public IEnumerable<Problem> Check(RemoveDraft draft)
    {
        foreach (var credential in draft.Tx.View.By<RegistryCredential>("registryId", draft.Before.Id))
        {
            var asked = credential.Wanted with { RemoveRequested = true };
            if (credential.Kind.Lifecycle!.Ask("remove", credential.State) is not null) draft.Tx.Ask(asked, "remove");
            else if (credential.Kind.Lifecycle.Ask("deactivate", credential.State) is not null) draft.Tx.Ask(asked, "deactivate");
        }

        return [];
    }
}
