using Drover.Model.Accounts;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;

namespace Drover.Server.SignIn;

/// <summary>A token's account as its wire id: the field is a text in the contract.</summary>
public sealed class TokenAccountId : IViewField
{
    private static readonly Kind Accounts = Catalog.All.FindKind("account")!;

    public string Kind => "token";

    public string Field => "accountId";

    public object? Value(ApiCall call, Entry entry) => entry.Wanted is Token { AccountId: { } id } ? ResourceId.Format(Accounts, id) : null;
}
