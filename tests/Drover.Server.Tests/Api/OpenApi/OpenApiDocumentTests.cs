using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Drover.Model.Kernel;
using Drover.Server.Api.OpenApi;
using Drover.Server.Api.Views;
using Microsoft.OpenApi;

namespace Drover.Server.Tests.Api.OpenApi;

/// <summary>The document of every role: that it is valid, that it is the pinned one, that it says what the schemas say.</summary>
public sealed class OpenApiDocumentTests
{
    private static readonly RoleCatalogs Catalogs = new(Catalog.All);

    public static TheoryData<Roles> EachRole => [.. Enumerable.Range(0, 16).Select(bit => (Roles)(1 << bit))];

    [Theory]
    [MemberData(nameof(EachRole))]
    public void It_is_valid_for_each_role(Roles role)
    {
        var read = OpenApiDocument.Parse(Written(role), OpenApiConstants.Json);

        read.Diagnostic!.SpecificationVersion.ShouldBe(OpenApiSpecVersion.OpenApi3_1);
        read.Diagnostic.Errors.Select(error => error.ToString()).ShouldBeEmpty();
        read.Diagnostic.Warnings.Select(warning => warning.ToString()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(EachRole))]
    public void Each_reference_leads_to_something_and_each_name_is_taken_once(Roles role)
    {
        var text = Written(role);
        using var document = JsonDocument.Parse(text);
        Doubles(document.RootElement, "").ShouldBeEmpty();
        var operations = document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject())
            .Where(member => member.Value.ValueKind == JsonValueKind.Object).Select(member => member.Value.GetProperty("operationId").GetString()!).ToList();
        operations.ShouldBeUnique();
        var components = document.RootElement.GetProperty("components");
        Regex.Matches(text, "\"#/components/(\\w+)/([^\"]+)\"").Select(match => (Section: match.Groups[1].Value, Name: match.Groups[2].Value)).Distinct()
            .Where(target => !components.GetProperty(target.Section).TryGetProperty(target.Name, out _)).ShouldBeEmpty();
    }

    [Fact]
    public void It_is_pinned_as_people_of_an_environment_see_it()
    {
        var path = Path.Combine(RepositoryRoot(), "contracts", "openapi.json");
        var actual = Written(Roles.Owner) + "\n";
        if (Environment.GetEnvironmentVariable("DROVER_GOLDEN_WRITE") == "1") File.WriteAllText(path, actual);
        var (pinned, now) = (File.ReadAllText(path).Split('\n'), actual.Split('\n'));
        var at = pinned.Zip(now).TakeWhile(line => line.First == line.Second).Count();
        (at == pinned.Length && at == now.Length).ShouldBeTrue(
            $"contracts/openapi.json differs from line {at + 1}: `{pinned.ElementAtOrDefault(at)}` is now `{now.ElementAtOrDefault(at)}`. DROVER_GOLDEN_WRITE=1 ./test.sh Server writes it anew.");
    }

    [Theory]
    [MemberData(nameof(EachRole))]
    public void Its_operations_are_the_methods_of_the_role(Roles role)
    {
        using var document = JsonDocument.Parse(Written(role));
        var paths = document.RootElement.GetProperty("paths");
        foreach (var kind in Catalogs.Of(role).Kinds)
        {
            var list = paths.TryGetProperty("/" + kind.PluralLower, out var collection);
            list.ShouldBe(kind.MayList || kind.MayCreate);
            if (list) Methods(collection).ShouldBe([.. kind.MayList ? ["get"] : (string[])[], .. kind.MayCreate ? ["post"] : (string[])[]]);
            var expected = new List<string>();
            if (kind.Methods.Contains('r', StringComparison.Ordinal)) expected.Add("get");
            if (kind.MayUpdate) expected.Add("put");
            if (kind.MayDelete) expected.Add("delete");
            if (kind.Actions.Values.Any(action => action is { IsOwn: false, IsClosed: false })) expected.Add("post");
            Methods(paths.GetProperty($"/{kind.PluralLower}/{{id}}")).ShouldBe(expected);
        }
    }

    [Fact]
    public void Fields_have_their_types_bounds_and_rights()
    {
        using var document = JsonDocument.Parse(Written(Roles.Owner));
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");
        var create = schemas.GetProperty("serviceCreate");
        create.GetProperty("required").EnumerateArray().Select(name => name.GetString()).ShouldBe(["name"]);
        create.GetProperty("properties").TryGetProperty("currentScale", out _).ShouldBeFalse();
        create.GetProperty("properties").GetProperty("launchConfig").GetRawText().ShouldContain("#/components/schemas/launchConfigCreate");
        schemas.GetProperty("serviceUpdate").GetProperty("properties").TryGetProperty("stackId", out _).ShouldBeFalse();
        schemas.GetProperty("service").GetProperty("properties").GetProperty("id").GetProperty("type").GetString().ShouldBe("string");
        schemas.GetProperty("stackCreate").GetProperty("properties").GetProperty("name").GetRawText().ShouldContain("63");
    }

    internal static string Written(Roles role)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, IndentSize = 1, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            foreach (var _ in new OpenApiWriter(Catalogs.Of(role), "http://localhost:8080/v2-beta/projects/1a5").Write(json))
            {
                // All of it is wanted at once.
            }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string[] Methods(JsonElement path) => [.. path.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Object).Select(member => member.Name)];

    private static IEnumerable<string> Doubles(JsonElement element, string at) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().GroupBy(member => member.Name).Where(group => group.Count() > 1).Select(group => $"{at}/{group.Key}")
            .Concat(element.EnumerateObject().SelectMany(member => Doubles(member.Value, $"{at}/{member.Name}"))),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Doubles(item, at + "[]")),
        _ => [],
    };

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Drover.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests do not stand in the repository");
    }
}
