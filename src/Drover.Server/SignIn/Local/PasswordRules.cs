using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Server.Api.Binding;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;

namespace Drover.Server.SignIn.Local;

/// <summary>What holds for new passwords: a login that nobody has, a password that will do; it is kept as a hash.</summary>
public sealed class PasswordRules(LocalLogins logins, PasswordPolicy policy) : ICreateRule
{
    public string Kind => "password";

    public async Task<object?> PrepareAsync(ApiCall call, Body body, CancellationToken cancel)
    {
        var secret = body.Text("secretValue");
        await policy.CheckAsync(call.Snapshot, body.Text("publicValue") ?? "", secret, "secretValue", cancel);
        return await logins.HashAsync(secret!, cancel);
    }

    public IEnumerable<Problem> Check(CreateDraft draft)
    {
        var password = (Password)draft.Wanted;
        if (string.IsNullOrWhiteSpace(password.PublicValue)) yield return new Problem("MissingRequired", "publicValue");
        if (password.PublicValue!.Contains(':', StringComparison.Ordinal) || password.PublicValue.Any(char.IsControl))
            yield return new Problem("InvalidCharacters", "publicValue", "A login has no colon: it ends there in \"user:password\"");
        if (IsTaken(draft)) yield return new Problem("NotUnique", "publicValue");
        draft.Wanted = password with { SecretValue = null, SecretHash = (string)draft.Prepared! };
    }

    private static bool IsTaken(CreateDraft draft)
        => draft.Tx.View.All<Password>().Any(e => !e.IsRemoved && string.Equals(((Password)e.Wanted).PublicValue, ((Password)draft.Wanted).PublicValue, StringComparison.OrdinalIgnoreCase));
}
