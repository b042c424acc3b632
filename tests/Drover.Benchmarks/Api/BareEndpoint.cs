using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Drover.Benchmarks.Api;

/// <summary>An ASP.NET endpoint that does nothing but serialize: answers that were parsed beforehand, as they are.</summary>
internal sealed class BareEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BareEndpoint(WebApplication app) => _app = app;

    public static async Task<BareEndpoint> StartAsync(IReadOnlyDictionary<string, byte[]> answers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var parsed = answers.ToDictionary(a => "/" + a.Key, a => JsonDocument.Parse(a.Value).RootElement, StringComparer.Ordinal);
        app.Run(http => http.Response.WriteAsJsonAsync(parsed[http.Request.Path.Value!]));
        await app.StartAsync();
        return new BareEndpoint(app);
    }

    public string Url(string name) => $"{_app.Urls.First()}/{name}";

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
