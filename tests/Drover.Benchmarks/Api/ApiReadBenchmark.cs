using Drover.Model.Containers;

namespace Drover.Benchmarks.Api;

/// <summary>GET of one container and of pages, among 10,000 and 100,000, against a bare endpoint that serializes the same JSON.</summary>
internal static class ApiReadBenchmark
{
    public static async Task<IReadOnlyList<Figure>> RunAsync() => [.. await AmongAsync(10_000), .. await AmongAsync(100_000)];

    private static async Task<IReadOnlyList<Figure>> AmongAsync(int containers)
    {
        await using var server = await ContainerServer.StartAsync(containers);
        using var http = new HttpClient();
        var scope = $"{server.Url}v2-beta/projects/1a5/containers";
        var name = server.Store.Current.Get<Container>(containers / 2)!.Name;
        (string Name, string Label, string Query, string Aim)[] rows =
        [
            ("one", "GET of one container", $"/1i{containers / 2}", "issue aim: 0.5 or more"),
            ("name", "GET by name", $"?name={name}", ""),
            ("page", "GET of a page of 100", "?limit=100", ""),
            ("sorted", "GET of a page of 100, filter by state, sort by name", "?limit=100&state=running&sort=name", ""),
            ("heap", "GET of a page of 100, filter by state, sort by a field without index", "?limit=100&state=running&sort=created&order=desc", ""),
            ("stack", "GET of the containers of a stack, sort by name", "?limit=100&stackId=1st7&sort=name", ""),
        ];
        var answers = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var row in rows) answers[row.Name] = await http.GetByteArrayAsync(scope + row.Query);
        await using var bare = await BareEndpoint.StartAsync(answers);
        var figures = new List<Figure>();
        foreach (var row in rows)
        {
            var ours = await Meter.RunAsync(() => ReadAsync(http, scope + row.Query));
            var theirs = await Meter.RunAsync(() => ReadAsync(http, bare.Url(row.Name)));
            figures.AddRange(ours.Against(theirs, $"{row.Label} among {containers:N0}", row.Aim));
        }

        return figures;
    }

    /// <summary>Reads an answer and keeps nothing: pages as arrays would have the collector look through all containers, for the client's sake.</summary>
    private static async Task ReadAsync(HttpClient http, string url)
    {
        using var reply = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead);
        await reply.EnsureSuccessStatusCode().Content.CopyToAsync(Stream.Null);
    }
}
