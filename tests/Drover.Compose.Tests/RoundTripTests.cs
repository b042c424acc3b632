using System.Text.Json.Nodes;

namespace Drover.Compose.Tests;

/// <summary>What is exported reads back as what it was made from.</summary>
public sealed class RoundTripTests
{
    private static readonly Dictionary<string, string> NoAnswers = [];

    public static TheoryData<string> GoldenModels =>
        [.. Directory.GetDirectories(GoldenTests.Folder()).Where(folder => File.Exists(Path.Combine(folder, "expected.json"))).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(GoldenModels))]
    public void A_golden_model_survives_being_written_and_read(string name) =>
        Survives(GoldenTests.Read(Path.Combine(GoldenTests.Folder(), name)).Model.ShouldNotBeNull());

    [Fact]
    public void Every_model_of_the_catalogs_survives_being_written_and_read()
    {
        var root = Environment.GetEnvironmentVariable("DROVER_CATALOGS");
        Assert.SkipUnless(Directory.Exists(root), "DROVER_CATALOGS names no folder of catalogs");

        foreach (var (path, result) in CatalogSweepTests.Results(root!))
        {
            if (result.Model is { } model)
                Survives(model, path);
        }
    }

    internal static void Survives(ComposeModel model, string? about = null)
    {
        var texts = ComposeWriter.Write(model.Services, model.VolumeTemplates);
        var again = ComposeReader.Read(ComposeFiles.Of(texts.DockerCompose, texts.RancherCompose), NoAnswers);
        var shown = $"{about}\n{texts.DockerCompose}\n{texts.RancherCompose}\n{string.Join("\n", again.Problems)}";
        var (before, after) = (Sorted(model), Sorted(again.Model.ShouldNotBeNull(shown)));
        JsonNode.DeepEquals(before, after).ShouldBeTrue($"{before.ToJsonString()}\nbecame\n{after.ToJsonString()}\nby way of{shown}");
    }

    /// <summary>The model with services by name: services that link to each other in a circle have no one order.</summary>
    private static JsonObject Sorted(ComposeModel model) =>
        ModelJson.Tree(model with { Catalog = null, Services = [.. model.Services.OrderBy(service => service.Name, StringComparer.Ordinal)] });
}
