using Drover.Model.Accounts;
using Drover.Model.Kernel;
using Drover.Server.Api.Seams;
using Drover.Store;

namespace Drover.Server.Accounts;

/// <summary>What holds for accounts: known kinds only, and one administrator always remains. Environments are of the same family and have rules of their own.</summary>
public sealed class AccountRules : ICreateRule, IUpdateRule, IRemoveRule, IProcessRule
{
    private static readonly HashSet<string> Kinds = ["admin", "user", "readAdmin", "service"];

    public string Kind => "account";

    public string Before => "deactivate";

    public string Action => "deactivate";

    public IEnumerable<Problem> Check(CreateDraft draft)
    {
        if (draft.Wanted is not Account account) yield break;
        if (account.Kind is { } kind && !Kinds.Contains(kind)) yield return new Problem("InvalidOption", "kind");
        draft.Wanted = draft.Wanted with { AccountId = null };
    }

    public IEnumerable<Problem> Check(UpdateDraft draft)
    {
        if (draft.Wanted is not Account { Kind: var kind }) yield break;
        if (draft.Changed.Contains("kind") && (kind is null || !Kinds.Contains(kind) || !Kinds.Contains(((Account)draft.Before.Wanted).Kind ?? ""))) yield return new Problem("InvalidOption", "kind");
        if (kind != "admin" && IsLastAdmin(draft.Tx.View, draft.Before)) yield return LastAdmin();
    }

    public IEnumerable<Problem> Check(RemoveDraft draft)
    {
        if (IsLastAdmin(draft.Tx.View, draft.Before)) yield return LastAdmin();
    }

    public IEnumerable<Problem> Check(ActionDraft draft)
    {
        if (IsLastAdmin(draft.Tx.View, draft.Before)) yield return LastAdmin();
    }

    private static bool IsLastAdmin(Snapshot view, Entry account)
        => IsAdmin(account) && !view.All<Account>().Any(other => other.Id != account.Id && IsAdmin(other));

    private static bool IsAdmin(Entry entry) => entry is { IsRemoved: false, State: "active" or "updating-active", Wanted: Account { Kind: "admin" } };

    private static Problem LastAdmin() => new("LastAdminAccount", Message: "LastAdminAccount", Status: 405);
}
