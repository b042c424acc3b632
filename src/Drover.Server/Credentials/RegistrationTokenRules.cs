using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Environments;
using Drover.Store;

namespace Drover.Server.Credentials;

/// <summary>Gives a new registration token its two halves and refuses it to roles that may not touch hosts.</summary>
public sealed class RegistrationTokenRules(IdSource ids, ResourceStore store) : ICreateRule, IRowFilter
{
    public string Kind => "registrationToken";

    public IEnumerable<Problem> Check(CreateDraft draft)
    {
        if (!Infrastructure.Admits(draft.Tx.View, draft.Caller.Role)) yield return Problem.Forbidden();
        draft.Wanted = (RegistrationToken)draft.Wanted with { PublicValue = ids.NewKeyName(), SecretValue = ids.NewSecret() };
    }

    public bool Shows(Caller caller, Entry entry) => Infrastructure.Admits(store.Current, caller.Role);
}
