using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Model.Secrets;
using Drover.Server.Api.Seams;
using Drover.Server.SignIn.Sessions;

namespace Drover.Server.SignIn.Local;

/// <summary>`changesecret` of a password: who is no administrator brings the old one. All other sessions of the account end.</summary>
public sealed class ChangeSecret(LocalLogins logins, PasswordPolicy policy, SignInThrottle throttle) : IKindAction
{
    private const Roles Platform = Roles.Admin | Roles.Superadmin;

    public string Kind => "password";

    public string Action => "changesecret";

    public async Task<ActionOutcome> RunAsync(ActionCall call, CancellationToken cancel)
    {
        var (password, caller) = ((Password)call.Target.Wanted, call.Call.Caller);
        if ((caller.Role & Platform) == 0 || password.AccountId == caller.AuthenticatedId) await CheckOldAsync(call, password, cancel);
        var secret = call.Body.Text("newSecret");
        await policy.CheckAsync(call.Call.Snapshot, password.PublicValue ?? "", secret, "newSecret", cancel);
        var hash = await logins.HashAsync(secret!, cancel);
        await call.Store.WriteAsync(
            tx =>
            {
                tx.Expect(call.Target);
                tx.Put(password with { SecretHash = hash });
                foreach (var session in SessionTable.Of(tx.View, password.AccountId ?? 0).Where(s => s.Id != caller.SessionId).ToList()) SessionTable.End(tx, session);
            },
            cancel);
        return ActionOutcome.Of("changeSecretInput", new ChangeSecretInput());
    }

    private async Task CheckOldAsync(ActionCall call, Password password, CancellationToken cancel)
    {
        var (name, place) = (password.PublicValue ?? "", "changesecret");
        throttle.Take(name, place);
        if (await logins.MatchesAsync(call.Target, call.Body.Text("oldSecret") ?? "", cancel))
        {
            throttle.Right(name, place);
            return;
        }

        throw new ProblemException(new Problem("InvalidOldPassword", Message: "The old password is another", Status: 400));
    }
}
