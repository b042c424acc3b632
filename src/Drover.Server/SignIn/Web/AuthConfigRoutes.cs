using System.Text.Json;
using System.Text.Json.Nodes;
using Drover.Model.Kernel;
using Drover.Server.Api.Binding;
using Drover.Server.Api.Calls;
using Drover.Server.Api.SignIn;
using Drover.Server.Audit;
using Drover.Server.Settings;
using Drover.Server.SignIn.Configs;
using Drover.Store;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.SignIn.Web;

/// <summary>`/v1-auth`: the configuration of the providers that 1.6 kept in a service of its own (api-auth.md section 6).</summary>
public sealed class AuthConfigRoutes(SignInService signIn, ResourceStore store, IdSource ids, AuditTrail audit)
{
    private const Roles Administrators = Roles.Admin | Roles.Superadmin | Roles.Service;

    /// <summary>What the audit log calls a configuration.</summary>
    public const string Subject = "authConfig";

    public void Register(ServerParts parts)
    {
        parts.Route(new ServerRoute("/v1-auth/config", RouteRule.Caller, ConfigAsync));
        parts.Route(new ServerRoute("/v1-auth/configs", RouteRule.Caller, ConfigAsync));
        parts.Route(new ServerRoute("/v1-auth/reload", RouteRule.Caller, (http, caller) => ChangeAsync(http, caller!, "reload", () => Task.FromResult(Current()))));
        parts.Route(new ServerRoute("/v1-auth/testlogin", RouteRule.Caller, (http, caller) => ChangeAsync(http, caller!, "testlogin", () => TestAsync(http))));
        parts.Route(new ServerRoute("/v1-auth/redirectUrl", RouteRule.Anyone, RedirectUrlAsync));
    }

    private async Task ConfigAsync(HttpContext http, Caller? caller)
    {
        switch (http.Request.Method)
        {
            case "GET":
                BrowserCookies.Check(http, store.Current, ids);
                await SendAsync(http, (caller!.Role & (Administrators | Roles.ReadAdmin)) != 0 ? Current() : throw new ProblemException(Problem.Forbidden()));
                break;
            case "POST" or "PUT":
                await ChangeAsync(http, caller!, "update", () => WriteAsync(http));
                break;
            default:
                throw new ProblemException(Problem.NotAllowed());
        }
    }

    /// <summary>Answers what only administrators may ask for, and tells it in the audit log, refused or not.</summary>
    private async Task ChangeAsync(HttpContext http, Caller caller, string verb, Func<Task<JsonObject>> answer)
    {
        BrowserCookies.Check(http, store.Current, ids);
        await SendAsync(http, await audit.WatchAsync(http, caller, Subject, verb, () => (caller.Role & Administrators) != 0 ? answer() : throw new ProblemException(Problem.Forbidden())));
    }

    private async Task<JsonObject> WriteAsync(HttpContext http)
    {
        var root = await BodyReader.ReadObjectAsync(http.Request, http.RequestAborted);
        var (config, find) = Read(root);
        await ConfigWrites.ChangeAsync(signIn, store, config, find, ConfigWrites.Enabled(Body.From(root, [])), http.RequestAborted);
        return Current();
    }

    /// <summary>Signs in with a configuration that is stored nowhere, and says who that is.</summary>
    private async Task<JsonObject> TestAsync(HttpContext http)
    {
        var root = await BodyReader.ReadObjectAsync(http.Request, http.RequestAborted);
        if (!root.TryGetProperty("authConfig", out var body) || body.ValueKind != JsonValueKind.Object) throw new ProblemException(new Problem("MissingRequired", "authConfig"));
        if (!root.TryGetProperty("code", out var code) || code.ValueKind != JsonValueKind.String) throw new ProblemException(new Problem("MissingRequired", "code"));
        var (config, find) = Read(body);
        var values = new ProviderValues(config, store.Current, ConfigWrites.Sent(config, find));
        ConfigWrites.Check(values);
        var who = await signIn.CheckAsync(signIn.Of(config), values, code.GetString()!, http.Request, http.RequestAborted);
        return new JsonObject
        {
            ["type"] = "testlogin",
            ["userIdentity"] = Identities.ToJson(who.User).ToNode(),
            ["identities"] = new JsonArray([.. who.Identities.Select(i => Identities.ToJson(i).ToNode())]),
        };
    }

    private Task RedirectUrlAsync(HttpContext http, Caller? caller)
    {
        var provider = signIn.Configured(store.Current);
        return SendAsync(http, new JsonObject
        {
            ["redirectUrl"] = provider?.RedirectUrl(new(provider.Config, store.Current), Origin.Of(http.Request)),
            ["provider"] = provider?.Config.Provider,
        });
    }

    /// <summary>The provider that a body names, and what it says of each of its fields: those of its section, and the common ones beside it.</summary>
    private static (ProviderConfig Config, Func<string, JsonElement?> Find) Read(JsonElement root)
    {
        if (!root.TryGetProperty("provider", out var name) || name.ValueKind != JsonValueKind.String || ProviderConfigs.Find(name.GetString()) is not { Section: { } section } config)
            throw new ProblemException(new Problem("InvalidOption", Message: $"provider is one of {string.Join(", ", ProviderConfigs.Each.Where(c => c.Section is not null).Select(c => c.Provider))}", Status: 400));
        var own = root.TryGetProperty(section, out var part) && part.ValueKind == JsonValueKind.Object ? part : default;
        return (config, field =>
        {
            var at = field is ProviderConfig.AccessMode or ProviderConfig.AllowedIdentities ? root : own;
            return at.ValueKind == JsonValueKind.Object && at.TryGetProperty(field, out var value) ? value : null;
        }
        );
    }

    private JsonObject Current()
    {
        var view = store.Current;
        var used = signIn.Configured(view)?.Config;
        var answer = new JsonObject
        {
            ["type"] = "config",
            ["provider"] = used?.Section is null ? null : used.Provider,
            ["enabled"] = SettingsTable.IsOn(view, SignInSettings.Enabled) && used?.Section is not null,
            ["accessMode"] = SettingsTable.Value(view, ProviderConfigs.GitHub.Find(ProviderConfig.AccessMode)!.Setting),
            ["allowedIdentities"] = new JsonArray([.. Identities.Read(SettingsTable.Value(view, ProviderConfigs.GitHub.Find(ProviderConfig.AllowedIdentities)!.Setting)).Select(i => Identities.ToJson(i).ToNode())]),
        };
        foreach (var config in ProviderConfigs.Each)
            if (config.Section is { } section)
                answer[section] = Section(config, view);
        return answer;
    }

    private static JsonObject Section(ProviderConfig config, Snapshot view)
    {
        var values = new ProviderValues(config, view);
        var part = new JsonObject();
        foreach (var field in config.Fields.Where(f => !f.IsSecret && f.Name is not (ProviderConfig.AccessMode or ProviderConfig.AllowedIdentities)))
            part[field.Name] = values[field.Name] is not { } value ? null
                : value is "true" or "false" ? value == "true"
                : field.Name is "port" or "connectionTimeout" or "userDisabledBitMask" ? values.Number(field.Name, 0)
                : value;
        return part;
    }

    private static Task SendAsync(HttpContext http, JsonObject body)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }
}
