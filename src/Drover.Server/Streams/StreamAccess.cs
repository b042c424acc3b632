using Drover.Model.Accounts;
using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Queries;
using Drover.Server.Api.Rendering;
using Drover.Server.Api.Seams;
using Drover.Server.Api.SignIn;
using Drover.Server.Api.Views;
using Drover.Server.Settings;
using Drover.Store;

namespace Drover.Server.Streams;

/// <summary>Whether the one who was given a token may have its stream at this moment: asked when it is opened, and again and again while it is open.</summary>
public sealed class StreamAccess(ResourceStore store, RoleCatalogs catalogs, KindPieces pieces)
{
    /// <summary>Who asks for a stream, as a ticket keeps it.</summary>
    public static StreamTicket Stamp(StreamTicket ticket, ApiCall call) => ticket with
    {
        UserId = call.Caller.AuthenticatedId,
        AccountId = call.Caller.AccountId,
        Role = call.Caller.Role.ToString(),
        SessionId = call.Caller.SessionId,
        KeyId = call.Caller.KeyId,
        AgentId = call.Caller.AgentId,
        Secured = SettingsTable.IsOn(call.Snapshot, "api.security.enabled"),
        WantsOwn = call.WantsOwn,
    };

    /// <summary>The object; null where the account, its role, its session or key, the object or its offer has gone.</summary>
    /// <param name="ticket">What was given.</param>
    /// <param name="action">The action that must still be offered; null where being readable is enough.</param>
    public Entry? Find(StreamTicket ticket, string? action)
    {
        var view = store.Current;
        if (!ticket.Secured && SettingsTable.IsOn(view, "api.security.enabled")) return null;
        if (!Stands<AuthToken>(view, ticket.SessionId) || !Stands<ApiKey>(view, ticket.KeyId)) return null;
        if (CallerOf(view, ticket) is not { } caller || catalogs.Catalog.FindKind(ticket.Kind) is not { } kind) return null;
        if (new Rows(catalogs.Catalog, pieces, view, caller).Find(kind, ticket.ObjectId) is not { IsRemoved: false } entry) return null;
        var roles = catalogs.Of(caller.Role);
        if (roles.Shown(entry.Kind) is not { } shown) return null;
        if (action is null) return entry;
        var call = new ApiCall(ApiPath.Parse("/" + ApiPath.Latest), caller, roles, view, new UrlSpace("http://server", ApiPath.Latest, null));
        return shown.Actions.TryGetValue(action, out var offered) && new ResourceWriter(call, pieces).Offers(entry, shown, offered) ? entry : null;
    }

    /// <summary>True where what somebody signed in with still lets them in, and where they needed nothing.</summary>
    private static bool Stands<T>(Snapshot view, long? id)
        where T : Resource
        => id is not { } number || view.Find<T>(number) is { IsRemoved: false, State: null or "active" };

    private static Caller? CallerOf(Snapshot view, StreamTicket ticket)
    {
        try
        {
            var caller = Authenticator.Standing(view, ticket.UserId, ticket.SessionId, ticket.AgentId);
            if (caller is not null && caller.AccountId != ticket.AccountId)
                caller = Authenticator.Enter(view, caller, ResourceId.Format(Catalog.All.FindKind("account")!, ticket.AccountId));
            return caller?.Role.ToString() == ticket.Role ? caller : null;
        }
        catch (ProblemException)
        {
            return null;
        }
    }
}
