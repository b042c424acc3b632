using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;

namespace Drover.Server.Api.V1;

/// <summary>The schemas that v1 shows to one role: data that never changes (contracts/v1), read when the role first asks (api-semantics.md section 13).</summary>
public sealed class FrozenSchemas
{
    private const string Base = "%BASE%/v1";

    private static readonly ConcurrentDictionary<string, FrozenSchemas> ByFile = new(StringComparer.Ordinal);

    private readonly JsonDocument _document;
    private readonly FrozenDictionary<string, JsonElement> _byWord;

    private FrozenSchemas(JsonDocument document)
    {
        _document = document;
        _byWord = All
            .SelectMany(schema => new[] { (Word: schema.GetProperty("id").GetString()!, schema), (Word: schema.GetProperty("pluralName").GetString()!, schema) })
            .GroupBy(x => x.Word.ToLowerInvariant(), x => x.schema)
            .ToFrozenDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
    }

    /// <summary>Each schema, in the order of the list.</summary>
    public IEnumerable<JsonElement> All => _document.RootElement.GetProperty("data").EnumerateArray();

    /// <summary>What a role sees; null for superadmin and environment, which have no set of their own on v1 and see v2-beta's.</summary>
    public static FrozenSchemas? Of(Roles role) => FileOf(role) is { } file ? ByFile.GetOrAdd(file, Read) : null;

    /// <summary>The schema of a type by singular or plural, in any letter case; null where the role sees none.</summary>
    public JsonElement? Find(string word) => _byWord.TryGetValue(word.ToLowerInvariant(), out var schema) ? schema : null;

    /// <summary>True where the schema of a type names an action, whether anything runs it or not.</summary>
    public bool Declares(string type, string action) => Find(type) is { } schema && schema.GetProperty("resourceActions").TryGetProperty(action, out _);

    /// <summary>Writes one schema with the addresses of the request.</summary>
    public static void Write(Utf8JsonWriter json, JsonElement schema, UrlSpace urls)
    {
        json.WriteStartObject();
        foreach (var member in schema.EnumerateObject())
        {
            json.WritePropertyName(member.Name);
            if (member.Name != "links")
            {
                member.Value.WriteTo(json);
                continue;
            }

            json.WriteStartObject();
            foreach (var link in member.Value.EnumerateObject())
                json.WriteString(link.Name, link.Value.GetString()!.Replace(Base, urls.Root, StringComparison.Ordinal));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static FrozenSchemas Read(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"v1/{file}.json")
            ?? throw new InvalidOperationException($"contracts/v1/{file}.json is not part of the program");
        return new FrozenSchemas(JsonDocument.Parse(stream));
    }

    private static string? FileOf(Roles role) => role switch
    {
        Roles.Admin => "admin",
        Roles.ReadAdmin => "readAdmin",
        Roles.Service => "service",
        Roles.User => "user",
        Roles.Project or Roles.Owner or Roles.Member => "owner",
        Roles.ProjectAdmin => "projectadmin",
        Roles.Restricted => "restricted",
        Roles.ReadOnly => "readonly",
        Roles.Agent => "agent",
        Roles.AgentRegister => "agentRegister",
        Roles.Register => "register",
        Roles.Token => "token",
        _ => null,
    };
}
