using System.Text.Json;
using System.Text.Json.Nodes;
using Drover.Model.Kernel;

namespace Drover.Compose.Tests;

/// <summary>What the reader makes fits what the API declares: each field exists, a member may set it on create, and its value is of its type.</summary>
public sealed class ContractTests
{
    /// <summary>Fields of virtual machines, which the contract has and no kind declares yet; a server leaves them out as 1.6 leaves out what it does not know.</summary>
    private static readonly string[] Undeclared = ["memoryMb", "userdata"];

    public static TheoryData<string> GoldenModels => RoundTripTests.GoldenModels;

    [Theory]
    [MemberData(nameof(GoldenModels))]
    public void Bodies_of_golden_models_are_bodies_of_the_API(string name)
    {
        var model = GoldenTests.Read(Path.Combine(GoldenTests.Folder(), name)).Model.ShouldNotBeNull();
        var misfits = new List<string>();
        foreach (var service in model.Services)
        {
            if (Catalog.All.FindKind(service.Kind) is { } kind)
                Walk(kind, service.Body, service.Name, misfits);
            if (service.UpgradeStrategy is { } strategy)
                Walk(Catalog.All.FindStruct("inServiceUpgradeStrategy").ShouldNotBeNull(), strategy, $"{service.Name}/upgradeStrategy", misfits);
        }

        foreach (var template in model.VolumeTemplates)
            Walk(Catalog.All.FindKind("volumeTemplate").ShouldNotBeNull(), template, "volumeTemplate", misfits);
        misfits.ShouldBeEmpty();
    }

    [Fact]
    public void The_API_declares_the_kinds_that_the_reader_makes_most() =>
        new[] { "service", "volumeTemplate" }.ShouldAllBe(kind => Catalog.All.FindKind(kind) != null);

    private static void Walk(Shape shape, JsonObject body, string path, List<string> misfits)
    {
        foreach (var (name, value) in body)
        {
            var field = shape.Find(name);
            if (field is null && !Undeclared.Contains(name))
                misfits.Add($"{path}/{name}: {shape.Name} has no such field");
            else if (shape is Kind && field?.Access.Of(Roles.Member).HasFlag(Access.Create) == false)
                misfits.Add($"{path}/{name}: a member may not set it");
            else if (field is not null)
                Value(field.Type, value, $"{path}/{name}", misfits);
        }
    }

    private static void Value(WireType type, JsonNode? value, string path, List<string> misfits)
    {
        if (value is null)
            return;
        if (type.IsArray && value is JsonArray list)
            list.ToList().ForEach(item => Value(type.Inner!, item, path + "[]", misfits));
        else if (type.IsMap && value is JsonObject map)
            map.ToList().ForEach(entry => Value(type.Inner!, entry.Value, $"{path}/{entry.Key}", misfits));
        else if (type.IsStruct && value is JsonObject record && Catalog.All.FindShape(type.Base) is { } shape)
            Walk(shape, record, path, misfits);
        else if (!Fits(type, value.GetValueKind()))
            misfits.Add($"{path}: {value.ToJsonString()} is no {type}");
    }

    private static bool Fits(WireType type, JsonValueKind kind) => type.Base switch
    {
        "int" => kind == JsonValueKind.Number,
        "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
        "string" or "enum" or "reference" => kind == JsonValueKind.String,
        "json" => true,
        _ => type.IsStruct && kind == JsonValueKind.Object,
    };
}
