using System.Globalization;
using System.Text;
using System.Text.Json;
using Drover.Model.Kernel;

namespace Drover.Server.Tests.Api;

/// <summary>Rubbish in every place: the answer is an error of the caller, never one of the server.</summary>
public sealed class FuzzTests : ApiTest
{
    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1e400", "9223372036854775808", "1.5", "\"\"", "\"1a5\"", "\"1st1\"", "\"5\"", "\"\\u0000\"", "\"%_\\\\\"", "[]", "[null]", "[[]]",
        "{}", "{\"type\":\"x\"}", "{\"a\":{\"b\":[1,{}]}}", "\"2026-01-01T00:00:00Z\"", "\"99999999999999999999\"", "\"<script>\"", "[\"a\",1,{}]",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Random_bodies_and_parameters_never_make_the_server_fail(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 250; i++)
        {
            var kind = Catalog.All.Kinds[random.Next(Catalog.All.Kinds.Length)];
            var scope = random.Next(2) == 0 ? Api.Project : Api.Root;
            var path = $"{scope}/{kind.Plural}" + random.Next(4) switch { 0 => "", 1 => "/1x1", 2 => "/1x1?action=" + Word(random), _ => "?" + Query(random, kind) };
            var method = random.Next(4) switch { 0 => HttpMethod.Get, 1 => HttpMethod.Put, 2 => HttpMethod.Delete, _ => HttpMethod.Post };
            var body = method == HttpMethod.Get || method == HttpMethod.Delete ? null : Body(random, kind);

            var reply = await Api.SendAsync(method, path, body, []);

            reply.Status.ShouldBeLessThan(500, $"seed {seed}, {method} {path} {body}\n{reply.Text}");
            if (reply.Status >= 400) reply.Json.GetProperty("type").GetString().ShouldBe("error");
        }
    }

    [Theory]
    [InlineData("/%00")]
    [InlineData("/projects/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/projects/1a5/stacks/%ff%fe")]
    [InlineData("//////projects///1a5")]
    [InlineData("/projects/1a5/stacks/1st99999999999999999999")]
    [InlineData("/projects/1a9223372036854775807/stacks")]
    [InlineData("/schemas/%F0%9F%90%B3")]
    public async Task Strange_paths_are_answered(string path)
        => (await Api.GetAsync(Api.Root + path)).Status.ShouldBeLessThan(500);

    [Fact]
    public async Task Random_bytes_as_a_body_are_refused()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);

            (await Api.PostAsync(Api.Project + "/stacks", bytes)).Status.ShouldBeOneOf(400, 422);
        }
    }

    private static string Query(Random random, Kind kind)
        => string.Join('&', Enumerable.Range(0, random.Next(1, 5)).Select(_ =>
        {
            var field = random.Next(6) switch { 0 => "sort", 1 => "limit", 2 => "marker", 3 => "include", _ => AnyField(random, kind) };
            var modifier = random.Next(3) == 0 ? "_" + new[] { "ne", "like", "notlike", "gt", "null", "prefix", "x" }[random.Next(7)] : "";
            return $"{field}{modifier}={Uri.EscapeDataString(Values[random.Next(Values.Length)])}";
        }));

    private static string Body(Random random, Kind kind)
    {
        var text = new StringBuilder("{");
        for (var i = random.Next(8); i > 0; i--)
        {
            if (text.Length > 1) text.Append(',');
            text.Append(CultureInfo.InvariantCulture, $"{JsonSerializer.Serialize(AnyField(random, kind))}:{Values[random.Next(Values.Length)]}");
        }

        return text.Append('}').ToString();
    }

    private static string AnyField(Random random, Kind kind) => kind.Fields.Length == 0 ? "x" : kind.Fields[random.Next(kind.Fields.Length)].Name;

    private static string Word(Random random) => new[] { "activate", "remove", "stop", "upgrade", "setmembers", "%00", "" }[random.Next(7)];
}
