using System.Globalization;
using Drover.Model.Kernel;
using Drover.Server.Api.Binding;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Api.Views;
using Drover.Server.Settings;
using Drover.Store;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.SignIn.Configs;

/// <summary>`openldapconfig` and `azureadconfig`: one resource each, tried out before it is stored.</summary>
/// <param name="shown">The kind that shows the configuration.</param>
/// <param name="signIn">Finds the provider.</param>
/// <param name="config">The provider's fields.</param>
/// <param name="store">Where to.</param>
public sealed class ConfigEndpoint(Kind shown, SignInService signIn, ProviderConfig config, ResourceStore store) : IKindEndpoint
{
    public string Kind => shown.Name;

    public async Task<EndpointOutcome> AnswerAsync(ApiCall call, KindView kind, HttpRequest request, CancellationToken cancel)
    {
        if (call.Path.Link is not null || (call.Path.Id is not null && call.Method != "PUT")) throw new ProblemException(Problem.NotFound());
        if (call.Method == "GET") return EndpointOutcome.Of([Current(store.Current)]);
        var body = (await BodyReader.ReadAsync(request, call.Query, cancel))[0];
        await ConfigWrites.ChangeAsync(signIn, store, config, body.Find, ConfigWrites.Enabled(body), cancel);
        return EndpointOutcome.Of(Current(store.Current), call.IsPost ? 201 : 200);
    }

    private Resource Current(Snapshot view)
    {
        var values = new ProviderValues(config, view);
        var fields = new List<KeyValuePair<Field, object?>>();
        foreach (var field in config.Fields.Where(f => !f.IsSecret))
            if (shown.Find(field.Name) is { } declared && values[field.Name] is { } value)
                fields.Add(new(declared, Typed(declared, value)));
        var isOn = SettingsTable.IsOn(view, SignInSettings.Enabled) && signIn.Configured(view)?.Config == config;
        fields.Add(new(shown["enabled"], isOn));
        if (shown.Find("configured") is { } configured) fields.Add(new(configured, signIn.Configured(view)?.Config == config));
        return (Resource)Shape.With(shown.New(), fields);
    }

    private static object? Typed(Field field, string value)
    {
        var type = Nullable.GetUnderlyingType(field.ClrType!) ?? field.ClrType!;
        if (type == typeof(bool)) return value == "true";
        if (type == typeof(long)) return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        if (type == typeof(RawJson)) return new RawJson("[" + string.Join(',', Identities.Read(value).Select(i => Identities.ToJson(i).Text)) + "]");
        return value;
    }
}
