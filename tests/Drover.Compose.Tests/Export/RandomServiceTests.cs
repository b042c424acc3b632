using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Drover.Compose.Tests.Export;

/// <summary>Services with awkward texts wherever a text may stand survive being written and read.</summary>
public sealed class RandomServiceTests
{
    private static readonly Gen<string> Texts = Gen
        .Elements("a", "B c", " ", "\n", "\n\n", ":", ": ", "#", " #", "-", "'", "\"", "\\", "{", "}", "[", ",", "&", "*", "!", "|", "%", "@", "$", "$$", "${X}", "true", "no", "null", "0", "12", "1:30", "=", "\u00e9", "\U0001F404", "\t")
        .ArrayOf(4)
        .Select(string.Concat);

    private static readonly Gen<string> Keys = Gen.Elements("A", "b.c/d", "with space", "true", "12", "$KEY", "k:v", "'", "-x", "\u00e9");

    [Fact]
    public void Texts_numbers_and_trees_survive() =>
        Prop.ForAll(Services().ToArbitrary(), services => RoundTripTests.Survives(new ComposeModel(services, [], null)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static Gen<ComposedService[]> Services() =>
        from count in Gen.Choose(1, 4)
        from services in Service().ArrayOf(count)
        select services.Select((service, index) => Named(service, $"s{index}")).ToArray();

    private static Gen<JsonObject> Service() =>
        from environment in Map()
        from labels in Map()
        from command in Texts.Where(text => text.Length > 0).ArrayOf(3)
        from metadata in Tree(3)
        from scale in Gen.Choose(0, 5)
        from flag in Gen.Elements(true, false)
        from memory in Gen.Choose(1, int.MaxValue)
        select new JsonObject
        {
            ["scale"] = (long)scale,
            ["metadata"] = new JsonObject { ["tree"] = metadata },
            ["launchConfig"] = With(
                new JsonObject
                {
                    ["imageUuid"] = "docker:busybox",
                    ["networkMode"] = "managed",
                    ["command"] = new JsonArray([.. command.Select(word => (JsonNode)JsonValue.Create(word))]),
                    ["memory"] = (long)memory,
                },
                ("tty", flag ? JsonValue.Create(true) : null),
                ("environment", environment),
                ("labels", labels)),
        };

    private static Gen<JsonObject?> Map() =>
        from keys in Keys.ArrayOf(3)
        from values in Texts.ArrayOf(3)
        select new JsonObject(keys.Zip(values).DistinctBy(pair => pair.First).Select(pair => KeyValuePair.Create(pair.First, (JsonNode?)JsonValue.Create(pair.Second))));

    private static Gen<JsonNode?> Tree(int depth)
    {
        var leaf = Gen.OneOf(
            Texts.Select(text => (JsonNode?)JsonValue.Create(text)),
            Gen.Choose(int.MinValue, int.MaxValue).Select(number => (JsonNode?)JsonValue.Create((long)number)),
            Gen.Choose(1, 1000).Select(number => (JsonNode?)JsonValue.Create(number + 0.25)),
            Gen.Elements(true, false).Select(flag => (JsonNode?)JsonValue.Create(flag)),
            Gen.Constant((JsonNode?)null));
        if (depth == 0)
            return leaf;
        var list = Tree(depth - 1).ArrayOf(2).Select(items => (JsonNode?)new JsonArray(items.Select(Copy).ToArray()));
        var map = Tree(depth - 1).ArrayOf(2).Select(items => (JsonNode?)new JsonObject { ["a key"] = Copy(items[0]), ["$b"] = Copy(items[1]) });
        return Gen.OneOf(leaf, list, map);
    }

    private static JsonNode? Copy(JsonNode? node) => node?.DeepClone();

    private static JsonObject With(JsonObject body, params (string Name, JsonNode? Value)[] fields)
    {
        foreach (var (name, value) in fields.Where(field => field.Value is not null))
            body[name] = Copy(value);
        return body;
    }

    private static ComposedService Named(JsonObject body, string name)
    {
        var named = new JsonObject { ["name"] = name };
        foreach (var (key, value) in body)
            named[key] = Copy(value);
        return new ComposedService(ServiceKinds.Service, name, named, [], [], []);
    }
}
