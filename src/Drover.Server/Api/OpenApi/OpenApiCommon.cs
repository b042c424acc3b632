using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Api.Queries;

namespace Drover.Server.Api.OpenApi;

/// <summary>What is the same in every document: the envelope of lists, errors, parameters of lists, ways to sign in.</summary>
internal static class OpenApiCommon
{
    private static readonly string[] Parameters = ["limit", "marker", "order", "filters", "sort", "include", "id"];

    /// <summary>True for a name that every list understands otherwise than as a filter.</summary>
    public static bool IsParameter(string name) => Parameters.Contains(name, StringComparer.Ordinal);

    public static void WriteSchemas(Utf8JsonWriter json)
    {
        json.WritePropertyName("apiCollection");
        json.WriteRawValue("""
            {"type":"object","properties":{"type":{"type":"string","const":"collection"},"resourceType":{"type":"string"},
            "links":{"type":"object","additionalProperties":{"type":"string"}},"createTypes":{"type":"object","additionalProperties":{"type":"string"}},
            "actions":{"type":"object","additionalProperties":{"type":"string"}},"data":{"type":"array","items":{"type":"object"}},
            "pagination":{"anyOf":[{"type":"object","properties":{"first":{"type":["string","null"]},"previous":{"type":["string","null"]},"next":{"type":["string","null"],
            "description":"Address of the next page; null on the last one."},"limit":{"type":"integer"},"total":{"type":["integer","null"]},"partial":{"type":"boolean"}}},{"type":"null"}]}},
            "required":["type","resourceType","links","data"]}
            """.ReplaceLineEndings(""));
        json.WritePropertyName("apiError");
        json.WriteRawValue("""
            {"type":"object","properties":{"id":{"type":"string"},"type":{"type":"string","const":"error"},"status":{"type":"integer"},
            "code":{"type":"string","description":"For programs, such as MissingRequired."},"message":{"type":["string","null"]},"detail":{"type":["string","null"]},
            "fieldName":{"type":["string","null"],"description":"The field to blame, with status 422."}},"required":["type","status","code"]}
            """.ReplaceLineEndings(""));
    }

    /// <summary>Responses, parameters and ways to sign in.</summary>
    public static void WriteRest(Utf8JsonWriter json)
    {
        json.WritePropertyName("responses");
        json.WriteRawValue("""{"error":{"description":"Refused.","content":{"application/json":{"schema":{"$ref":"#/components/schemas/apiError"}}}}}""");
        json.WritePropertyName("parameters");
        json.WriteRawValue($$$$$"""
            {"id":{"name":"id","in":"path","required":true,"description":"Such as 1s7.","schema":{"type":"string"}},
            "limit":{"name":"limit","in":"query","description":"Objects on a page.","schema":{"type":"integer","default":{{{{{CollectionQuery.DefaultLimit}}}}},"maximum":{{{{{CollectionQuery.MaxLimit}}}}} }},
            "marker":{"name":"marker","in":"query","description":"Where a page begins, as in `pagination.next`.","schema":{"type":"string"}},
            "order":{"name":"order","in":"query","schema":{"type":"string","enum":["asc","desc"],"default":"asc"}},
            "filters":{"name":"filters","in":"query","style":"form","explode":true,"description":"Conditions with a modifier, each a parameter of its own such as `name_like=web%` or `state_ne=removed`; `null` and `notnull` need no value.",
            "schema":{"type":"object","additionalProperties":{"type":"string"}}}}
            """.ReplaceLineEndings(""));
        json.WritePropertyName("securitySchemes");
        json.WriteRawValue("""
            {"key":{"type":"http","scheme":"basic","description":"Access key and secret key of an API key."},
            "session":{"type":"http","scheme":"bearer","description":"The token that a sign-in returns."}}
            """.ReplaceLineEndings(""));
    }

    /// <summary>A member that maps names to addresses.</summary>
    public static void WriteAddresses(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "object");
        json.WriteStartObject("additionalProperties");
        json.WriteString("type", "string");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A member `schema` with the values there are.</summary>
    public static void WriteEnum(Utf8JsonWriter json, IEnumerable<string> values)
    {
        json.WriteStartObject("schema");
        json.WriteString("type", "string");
        WriteValues(json, values);
        json.WriteEndObject();
    }

    /// <summary>The bounds of a simple field as the server checks them.</summary>
    public static void WriteBounds(Utf8JsonWriter json, Field field)
    {
        var (declared, isNumber) = (field.Declared, field.Type.Base is "int" or "float");
        if (isNumber && declared.Min != long.MinValue) json.WriteNumber("minimum", declared.Min);
        if (isNumber && declared.Max != long.MaxValue) json.WriteNumber("maximum", declared.Max);
        if (!isNumber && declared.MinLength >= 0) json.WriteNumber("minLength", declared.MinLength);
        if (!isNumber && declared.MaxLength >= 0) json.WriteNumber("maxLength", declared.MaxLength);
        if (!isNumber && declared.ValidChars is { } valid) json.WriteString("pattern", $"^[{valid}]*$");
        if (declared.Options is { Length: > 0 } options && field.Type.Base is "string" or "enum") WriteValues(json, options!);
    }

    private static void WriteValues(Utf8JsonWriter json, IEnumerable<string> values)
    {
        json.WriteStartArray("enum");
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
