using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Drover.Server.Tests.SignIn;

/// <summary>A real HTTP server on loopback that answers as a test says.</summary>
internal sealed class StubServer : IAsyncDisposable
{
    private readonly WebApplication _web;

    private StubServer(WebApplication web) => _web = web;

    public string Url => _web.Urls.First();

    public static Task<StubServer> StartAsync(Func<string, string, (int Status, string Body)> answer)
        => StartAsync(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var (status, body) = answer(http.Request.Path, await reader.ReadToEndAsync(http.RequestAborted));
            http.Response.StatusCode = status;
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(body, http.RequestAborted);
        });

    public static async Task<StubServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var web = builder.Build();
        web.Run(answer);
        await web.StartAsync(TestContext.Current.CancellationToken);
        return new StubServer(web);
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();
}
