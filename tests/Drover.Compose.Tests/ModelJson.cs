using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Drover.Compose.Tests;

/// <summary>A model as JSON text, to be compared and to be kept in golden files.</summary>
internal static class ModelJson
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(ComposeResult result)
    {
        var model = result.Model.ShouldNotBeNull();
        var json = Tree(model);
        if (result.Warnings.Count > 0)
            json["warnings"] = new JsonArray([.. result.Warnings.Select(warning => (JsonNode)warning.ToString())]);
        return json.ToJsonString(Pretty) + "\n";
    }

    /// <summary>Services, volume templates and catalog without warnings.</summary>
    public static JsonObject Tree(ComposeModel model)
    {
        var json = new JsonObject { ["services"] = new JsonArray([.. model.Services.Select(Service)]) };
        if (model.VolumeTemplates.Count > 0)
            json["volumeTemplates"] = new JsonArray([.. model.VolumeTemplates.Select(template => template.DeepClone())]);
        if (model.Catalog is { } catalog)
            json["catalog"] = JsonSerializer.SerializeToNode(catalog);
        return json;
    }

    private static JsonObject Service(ComposedService service)
    {
        var json = new JsonObject { ["kind"] = service.Kind, ["body"] = service.Body.DeepClone() };
        Add(json, "links", service.Links);
        Add(json, "references", service.References);
        Add(json, "dependsOn", service.DependsOn);
        if (service.UpgradeStrategy is { } strategy)
            json["upgradeStrategy"] = strategy.DeepClone();
        return json;
    }

    private static void Add<T>(JsonObject json, string name, IReadOnlyList<T> items)
    {
        if (items.Count > 0)
            json[name] = JsonSerializer.SerializeToNode(items);
    }
}
