using System.Net;
using Drover.Server.Api;
using Drover.Server.Api.Binding;
using Drover.Server.Api.SignIn;
using Drover.Server.Api.Subscribe;
using Drover.Server.Api.Writes;
using Drover.Server.Settings;
using Drover.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Drover.Server;

/// <summary>A running server: store, API, reconcilers. Disposing it stops all of them.</summary>
public sealed class DroverServer : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly BackgroundRunner _background;

    private DroverServer(WebApplication web, BackgroundRunner background, ResourceStore store)
    {
        _web = web;
        _background = background;
        Store = store;
        Url = new Uri(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Where it listens, with the port that it really has.</summary>
    public Uri Url { get; }

    public ResourceStore Store { get; }

    /// <summary>What it is made of.</summary>
    public required ServerParts Parts { get; init; }

    /// <summary>Lets a browser on another machine in while access control is off; shown in the terminal, behind "#" of <see cref="SetupUrl"/>.</summary>
    public required string SetupSecret { get; init; }

    /// <summary>The address of the setup page with the secret.</summary>
    public Uri SetupUrl => new(new UriBuilder(Url) { Host = Url.Host is "0.0.0.0" or "[::]" ? Dns.GetHostName() : Url.Host }.Uri, "/setup#" + SetupSecret);

    /// <summary>
    /// Opens the store, seeds a fresh one, starts reconcilers and listens. Returns once requests are answered; throws
    /// <see cref="ListenException"/> where the address is not to be had.
    /// </summary>
    public static async Task<DroverServer> StartAsync(ServerOptions options, CancellationToken cancel = default)
    {
        var opening = new StoreOpening(options);
        var opened = opening.StartAsync(cancel);
        var web = Build(options);
        opening.Log = web.Services.GetRequiredService<ILogger<DroverServer>>();
        var store = await opened;
        await FirstStart.SeedAsync(store, cancel);
        var secret = Api.SignIn.SetupSecret.Of(options.DataFolder, options.Ids);
        var gate = new SetupGate(secret, options.Time, options.Open);
        var parts = new ServerParts { Options = options, Store = store, Logs = web.Services.GetRequiredService<ILoggerFactory>(), Admits = gate.Admits };
        parts.Run(new Settler(store));
        Slices.Register(parts);
        var catalogs = parts.Catalogs;
        var endpoints = new ResourceEndpoints(catalogs, parts.Pieces, store, options.Time);
        new SetupRoutes(gate).Register(parts);
        StateRoutes.Register(parts);
        Api.Html.BrowserAssets.Register(parts);
        var keys = new KeyRing(options.Ids.Bytes(32));
        var page = new WebPage(options.WebFolder ?? Path.Combine(AppContext.BaseDirectory, "wwwroot"), request => !SettingsTable.IsOn(store.Current, "api.security.enabled") && !gate.Admits(request));
        var hub = new ChangeHub(store, parts.Pieces, parts.Events);
        var pipeline = new ApiPipeline(parts, catalogs, endpoints, new Authenticator(store, keys, gate, options.Time), page, new SubscribeEndpoint(hub, parts.Events, parts.EventSources, options.Time));
        web.UseWebSockets();
        web.Use(EndSocketsWithServer(web.Lifetime));
        web.Run(pipeline.RunAsync);
        var background = new BackgroundRunner(parts.Work, options.Time, parts.Logs.CreateLogger<BackgroundRunner>());
        background.Start();
        try
        {
            await web.StartAsync(cancel);
        }
        catch (Exception refused) when (ListenException.Behind(refused) is { } socket)
        {
            await EndAsync(web, background, store);
            throw new ListenException(options.Listen, socket);
        }

        return new DroverServer(web, background, store) { SetupSecret = secret, Parts = parts };
    }

    /// <summary>Runs until the process is asked to end.</summary>
    public Task WaitAsync(CancellationToken cancel = default) => ((IHost)_web).WaitForShutdownAsync(cancel);

    public ValueTask DisposeAsync() => EndAsync(_web, _background, Store);

    private static async ValueTask EndAsync(WebApplication web, BackgroundRunner background, ResourceStore store)
    {
        await web.DisposeAsync();
        await background.DisposeAsync();
        await store.DisposeAsync();
    }

    private static WebApplication Build(ServerOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "drover" });
        IHostApplicationLifetime? lifetime = null;
        // What fails the start is thrown, and told once, by who started the server: the framework's own lines begin after it.
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).AddFilter("Drover", LogLevel.Information)
            .AddFilter((_, level) => level >= LogLevel.Warning && lifetime is { ApplicationStarted.IsCancellationRequested: true });
        var listen = new Uri(options.Listen);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ResponseHeaderEncodingSelector = _ => System.Text.Encoding.Latin1; // what a container's web server says in its headers passes as it is
            kestrel.AllowSynchronousIO = false;
            kestrel.Limits.MaxRequestBodySize = 8L * BodyReader.MaxBytes; // what is too large is read to its end, so that the answer arrives
            kestrel.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
            if (IPAddress.TryParse(listen.Host.Trim('[', ']'), out var address)) kestrel.Listen(address, listen.Port, Http1);
            else if (listen.Host is "localhost") kestrel.ListenLocalhost(listen.Port, Http1);
            else kestrel.ListenAnyIP(listen.Port, Http1);
        });
        var web = builder.Build();
        lifetime = web.Lifetime;
        return web;
    }

    /// <summary>A page or an agent holds its socket for days: without this, an end in order waits for it until the framework loses patience.</summary>
    private static Func<HttpContext, RequestDelegate, Task> EndSocketsWithServer(IHostApplicationLifetime lifetime) => async (http, next) =>
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            await next(http);
            return;
        }

        var client = http.RequestAborted;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(client, lifetime.ApplicationStopping);
        http.RequestAborted = either.Token;
        try
        {
            await next(http);
        }
        finally
        {
            http.RequestAborted = client;
        }
    };

    private static void Http1(ListenOptions listen) => listen.Protocols = HttpProtocols.Http1;
}
