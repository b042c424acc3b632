using Drover.Model.Accounts;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.SignIn.Configs;

namespace Drover.Server.SignIn;

/// <summary>An account's own identity: who it is to the outside, else the account itself.</summary>
public sealed class AccountIdentity : IViewField
{
    private static readonly Kind Accounts = Catalog.All.FindKind("account")!;

    public string Kind => "account";

    public string Field => "identity";

    public object? Value(ApiCall call, Entry entry) => entry.Wanted switch
    {
        Account { ExternalIdType: { Length: > 0 } type, ExternalId: { } id } => $"{Identity.Prefix}{type}:{id}",
        Account account => $"{Identity.Prefix}{ProviderConfigs.Local.UserType}:{ResourceId.Format(Accounts, account.Id)}",
        _ => null,
    };
}
