using System.Text.Json;

namespace Drover.Server.Tests.Api.OpenApi;

/// <summary>Compares answers with the schemas of a document: what is undeclared, and what is of another type.</summary>
internal sealed class AnswerSchemas(JsonElement document)
{
    private readonly JsonElement _schemas = document.GetProperty("components").GetProperty("schemas");

    public IEnumerable<string> Problems(JsonElement value, string schema) => Problems(value, _schemas.GetProperty(schema), schema);

    private IEnumerable<string> Problems(JsonElement value, JsonElement schema, string at)
    {
        if (schema.TryGetProperty("$ref", out var target)) return Problems(value, _schemas.GetProperty(target.GetString()!.Split('/')[^1]), at);
        if (schema.TryGetProperty("anyOf", out var any))
        {
            var each = any.EnumerateArray().Select(option => Problems(value, option, at).ToList()).ToList();
            return each.Any(problems => problems.Count == 0) ? [] : each[0];
        }

        if (!schema.TryGetProperty("type", out var type)) return [];
        if (!Fits(value, type.GetString()!)) return [$"{at} is {value.GetRawText()} and not {type}"];
        if (value.ValueKind == JsonValueKind.Array) return value.EnumerateArray().SelectMany(item => Problems(item, schema.GetProperty("items"), at + "[]"));
        return value.ValueKind == JsonValueKind.Object ? Members(value, schema, at) : [];
    }

    private IEnumerable<string> Members(JsonElement value, JsonElement schema, string at)
    {
        if (schema.TryGetProperty("additionalProperties", out var each)) return value.EnumerateObject().SelectMany(member => Problems(member.Value, each, $"{at}.{member.Name}"));
        if (!schema.TryGetProperty("properties", out var properties)) return [];
        var missing = schema.TryGetProperty("required", out var required) ? required.EnumerateArray().Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _)).Select(name => $"{at}.{name} is missing") : [];
        return missing.Concat(value.EnumerateObject().SelectMany(member => properties.TryGetProperty(member.Name, out var declared)
            ? Problems(member.Value, declared, $"{at}.{member.Name}")
            : [$"{at}.{member.Name} is not declared"]));
    }

    private static bool Fits(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => false,
    };
}
