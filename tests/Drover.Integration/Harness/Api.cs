using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Drover.Integration.Harness;

/// <summary>The server's HTTP API as any client sees it: paths and JSON, no types of the product.</summary>
internal sealed class Api(HttpClient http, string prefix) : IDisposable
{
    /// <summary>The same server, in an environment.</summary>
    public Api In(string environment) => new(http, $"/v2-beta/projects/{environment}");

    /// <summary>Sends a request as it is given and returns the answer, whatever its status.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        var target = path.StartsWith("http", StringComparison.Ordinal) ? new Uri(path) : new Uri($"{prefix}/{path}", UriKind.Relative);
        using var request = new HttpRequestMessage(method, target) { Content = content };
        request.Headers.Add("X-Drover", "1");
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Answer(answer.StatusCode, text);
    }

    public async Task<Resource> GetAsync(string path) => (await SendAsync(HttpMethod.Get, path)).Resource(HttpStatusCode.OK);

    /// <summary>The members of a collection.</summary>
    public async Task<IReadOnlyList<Resource>> ListAsync(string path) =>
        [.. ((JsonArray)(await GetAsync(path)).Json["data"]!).Select(member => new Resource((JsonObject)member!))];

    /// <summary>The only member that a filter leaves; null for none.</summary>
    public async Task<Resource?> FindAsync(string collection, params (string Field, string Value)[] filter) =>
        (await ListAsync($"{collection}?{string.Join('&', filter.Select(f => $"{f.Field}={Uri.EscapeDataString(f.Value)}"))}")).SingleOrDefault();

    /// <summary>Sends a body, whatever becomes of it.</summary>
    public Task<Answer> TryPostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, Body(body));

    /// <summary>Makes an object; fails where the server refuses.</summary>
    public async Task<Resource> CreateAsync(string collection, object body) => (await TryPostAsync(collection, body)).Resource(HttpStatusCode.Created);

    /// <summary>Changes an object.</summary>
    public async Task<Resource> UpdateAsync(Resource resource, object body) =>
        (await SendAsync(HttpMethod.Put, resource.Link("self"), Body(body))).Resource(HttpStatusCode.OK);

    /// <summary>Does one of the object's actions, which its present state must offer.</summary>
    public async Task<Resource> ActAsync(Resource resource, string action, object? body = null)
    {
        var now = await GetAsync(resource.Link("self"));
        var url = now.Json["actions"]?[action]?.GetValue<string>();
        Assert.True(url is not null, $"{now} does not offer {action}");
        var answer = await TryPostAsync(url, body);
        Assert.True((int)answer.Status is >= 200 and < 300, $"{action} of {now}: {answer}");
        return new Resource((JsonObject)JsonNode.Parse(answer.Text)!);
    }

    public async Task RemoveAsync(Resource resource)
    {
        var answer = await SendAsync(HttpMethod.Delete, resource.Link("self"));
        Assert.True((int)answer.Status is 200 or 202 or 204, $"DELETE {resource}: {answer}");
    }

    /// <summary>Waits until an object is as asked.</summary>
    public Task<Resource> SeenAsync(Resource resource, string what, Func<Resource, bool> asked, TimeSpan? limit = null) =>
        Until.SeenAsync($"{resource["type"]} {resource["name"]} {what}", () => GetAsync(resource.Link("self")), asked, limit);

    /// <summary>Waits until an object is in a state and at rest there.</summary>
    public Task<Resource> InStateAsync(Resource resource, string state, TimeSpan? limit = null) =>
        SeenAsync(resource, $"is {state}", seen => seen.State == state && seen["transitioning"] != "yes", limit);

    /// <summary>Waits until an object is gone: removed, purged or not found any more.</summary>
    public Task GoneAsync(Resource resource) => Until.SeenAsync(
        $"{resource["type"]} {resource["name"]} is gone",
        () => SendAsync(HttpMethod.Get, resource.Link("self")),
        answer => answer.Status == HttpStatusCode.NotFound || (answer.Status == HttpStatusCode.OK && answer.Resource(HttpStatusCode.OK).State is "removed" or "purged"));

    public void Dispose() => http.Dispose();

    private static StringContent? Body(object? body) => body is null
        ? null
        : new StringContent(body as string ?? System.Text.Json.JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
}

/// <summary>An answer of the API.</summary>
internal sealed record Answer(HttpStatusCode Status, string Text)
{
    /// <summary>The object it carries; fails where the status is another.</summary>
    public Resource Resource(HttpStatusCode expected)
    {
        Assert.True(Status == expected, $"expected {(int)expected}: {this}");
        return new Resource((JsonObject)JsonNode.Parse(Text)!);
    }

    public override string ToString() => $"{(int)Status} {Text}";
}
