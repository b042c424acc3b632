using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;

namespace Drover.Server.Credentials;

/// <summary>Gives a new registration token its two halves and refuses it to roles that may not touch hosts.</summary>
public sealed class RegistrationTokenRules(IdSource ids) : ICreateRule, IRowFilter
{
    private const Roles Infrastructure = Roles.Superadmin | Roles.Admin | Roles.Service | Roles.Owner | Roles.Member | Roles.Project | Roles.Environment | Roles.ProjectAdmin | Roles.Agent;

    public string Kind => "registrationToken";

    public IEnumerable<Problem> Check(CreateDraft draft)
    {
        if ((draft.Caller.Role & Infrastructure) == 0) yield return Problem.Forbidden();
        draft.Wanted = (RegistrationToken)draft.Wanted with { PublicValue = ids.NewKeyName(), SecretValue = ids.NewSecret() };
    }

    public bool Shows(Caller caller, Entry entry) => (caller.Role & Infrastructure) != 0;
}
