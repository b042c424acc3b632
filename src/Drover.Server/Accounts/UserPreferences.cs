using Drover.Model.Accounts;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;

namespace Drover.Server.Accounts;

/// <summary>What a person set for themselves: one value per name and person. Administrators list those of others only with `all=true`.</summary>
public sealed class UserPreferences : ICreateRule, IUpdateRule, IListFilter, IViewField
{
    public string Kind => "userPreference";

    public string Field => "all";

    public IEnumerable<Problem> Check(CreateDraft draft)
    {
        draft.Wanted = draft.Wanted with { AccountId = draft.Caller.AuthenticatedId };
        if (IsTaken(draft, null)) yield return new Problem("NotUnique", "name");
    }

    public IEnumerable<Problem> Check(UpdateDraft draft)
    {
        if (draft.Changed.Contains("name") && IsTaken(draft, draft.Before.Id)) yield return new Problem("NotUnique", "name");
    }

    public bool Lists(ApiCall call, Entry entry) => entry.Wanted.AccountId == call.Caller.AuthenticatedId || IsAll(call);

    /// <summary>What the list was asked for, so that the filter of this name leaves nothing out.</summary>
    public object? Value(ApiCall call, Entry entry) => IsAll(call);

    private static bool IsAll(ApiCall call) => call.Parameter("all") == "true";

    private static bool IsTaken(Draft draft, long? own)
        => draft.Tx.View.By<UserPreference>("accountId", draft.Wanted.AccountId!.Value)
            .Any(other => !other.IsRemoved && other.Id != own && other.Wanted.Name == draft.Wanted.Name);
}
