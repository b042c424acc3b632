using Drover.Model.Accounts;
using Drover.Model.Kernel;
using Drover.Server.Api.Binding;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Api.Views;
using Drover.Server.Audit;
using Drover.Server.Settings;
using Drover.Server.SignIn.Sessions;
using Drover.Store;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.SignIn;

/// <summary>`token`: signs in (POST), tells who is signed in and how one does (GET), signs out (DELETE); needs no credentials (api-auth.md section 5).</summary>
public sealed class TokenEndpoint(SignInService signIn, ResourceStore store, TimeProvider time) : IKindEndpoint
{
    /// <summary>The longest code: a long one would only cost time.</summary>
    private const int MostLetters = 8192;

    public string Kind => "token";

    public async Task<EndpointOutcome> AnswerAsync(ApiCall call, KindView kind, HttpRequest request, CancellationToken cancel)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return call.Method switch
        {
            "POST" => EndpointOutcome.Of(await SignInAsync(call, request, cancel), 201),
            "DELETE" => await SignOutAsync(call, request, cancel),
            "GET" when call.Path.Id is null => EndpointOutcome.Of([Current(call, request)]),
            _ => throw new ProblemException(Problem.NotFound()),
        };
    }

    private async Task<Token> SignInAsync(ApiCall call, HttpRequest request, CancellationToken cancel)
    {
        var body = (await BodyReader.ReadAsync(request, call.Query, cancel))[0];
        if (body.Text("code") is not { Length: > 0 } code) throw new ProblemException(new Problem("MissingRequired", "code"));
        if (code.Length > MostLetters) throw new ProblemException(new Problem("MaxLengthExceeded", "code"));
        var begun = await signIn.SignInAsync(request, code, cancel);
        request.HttpContext.Features.Set(new AuditedCaller(SignInService.CallerOf(begun.Account.Id)));
        return Of(store.Current, begun.Account, begun.Key, SessionTable.FactsOf(store.Current.Find<AuthToken>(begun.Token.Id)!));
    }

    private Token Current(ApiCall call, HttpRequest request)
    {
        var view = store.Current;
        var key = SessionKeys.Of(request);
        if (SessionTable.Find(view, key, time.GetUtcNow()) is { Wanted: AuthToken token } session
            && view.Find<Account>(token.AccountId) is { Wanted: Account account } entry && SignInAccounts.IsActive(entry))
            return Of(view, account, key!, SessionTable.FactsOf(session)) with { RedirectUrl = RedirectUrl(call, view) };
        return Common(view) with { RedirectUrl = RedirectUrl(call, view) };
    }

    private async Task<EndpointOutcome> SignOutAsync(ApiCall call, HttpRequest request, CancellationToken cancel)
    {
        if (!char.IsAsciiLetter(call.Path.Id![0])) throw new ProblemException(Problem.NotFound());
        if (SessionTable.Find(store.Current, SessionKeys.Of(request), time.GetUtcNow()) is not { } session)
            throw new ProblemException(new Problem("JWTNotProvided", Message: "JWTNotProvided", Status: 500));
        await store.WriteAsync(
            tx =>
            {
                if (tx.View.Find<AuthToken>(session.Id) is { IsRemoved: false } current) SessionTable.End(tx, current);
            },
            cancel);
        request.HttpContext.Features.Set(new AuditedCaller(SignInService.CallerOf(session.Wanted.AccountId!.Value)));
        request.HttpContext.Response.Headers.SetCookie = "token=;Path=/;Expires=Thu, 01 Jan 1970 00:00:00 GMT;";
        return new EndpointOutcome(204, null);
    }

    private string? RedirectUrl(ApiCall call, Snapshot view)
        => signIn.Configured(view) is { } provider ? provider.RedirectUrl(new(provider.Config, view), call.Urls.Origin) : null;

    private Token Common(Snapshot view) => new()
    {
        Security = SettingsTable.IsOn(view, SignInSettings.Enabled),
        Enabled = SettingsTable.IsOn(view, SignInSettings.Enabled),
        AuthProvider = signIn.Configured(view)?.Config.Provider ?? "none",
    };

    private Token Of(Snapshot view, Account account, string key, SessionFacts facts) => Common(view) with
    {
        AccountId = account.Id,
        Jwt = key,
        OriginalLogin = facts.OriginalLogin,
        User = facts.User.Login ?? facts.User.Name,
        UserIdentity = Identities.ToJson(facts.User),
        UserType = account.Kind,
    };
}
