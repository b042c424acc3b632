using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Drover.Model.Kernel;
using Drover.Server.Api;
using Drover.Server.Settings;
using Drover.Server.SignIn.Configs;
using Drover.Server.SignIn.Web;

namespace Drover.Server.Audit;

/// <summary>Bodies as the audit log keeps them: without secrets, and bounded (OPS-02).</summary>
public static class AuditedBody
{
    /// <summary>The longest body that is kept, in bytes; a longer one is named by its length.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Longer names than this are read as strings.</summary>
    private const int ShortName = 128;

    /// <summary>Names that hold secrets wherever they stand.</summary>
    private static readonly FrozenSet<string> Everywhere = Catalog.All.Kinds.Concat<Shape>(Catalog.All.Structs)
        .SelectMany(shape => shape.Fields)
        .Where(field => field.Declared.Secret)
        .Select(field => field.Name)
        .Except(["value", "key"])
        .Concat(["secretValue", "password", "newSecret", "oldSecret", "jwt", "token", "code", "accessToken", "registrationUrl", "secretValues"])
        .Concat(ProviderConfigs.Each.SelectMany(config => config.Fields).Where(field => field.IsSecret).Select(field => field.Name))
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> OfSignIn = With([]);
    private static readonly FrozenSet<string> Sections = ProviderConfigs.Each.Select(config => config.Section).OfType<string>().Append("authConfig").ToFrozenSet(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, FrozenSet<string>> Names = new(StringComparer.Ordinal);
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = 256 };

    /// <summary>The body with every secret left out; "{}" for none and for what is no JSON.</summary>
    /// <param name="body">JSON in UTF-8.</param>
    /// <param name="type">The kind that it is about.</param>
    /// <param name="id">The id that it is about; tells secret settings from others.</param>
    /// <param name="query">Parameters that count as members.</param>
    public static string Of(ReadOnlySpan<byte> body, string type, string? id, IEnumerable<KeyValuePair<string, string>> query)
    {
        if (body.Length > MaxBytes) return $$"""{"omitted":"{{body.Length}} bytes"}""";
        if (!Utf8.IsValid(body)) return "{}";
        using var buffer = new PooledBuffer();
        try
        {
            using var json = new Utf8JsonWriter(buffer, Options);
            Copy(body, json, SecretsOf(type, id), query);
        }
        catch (Exception rubbish) when (rubbish is JsonException or InvalidOperationException)
        {
            return "{}";
        }

        return Encoding.UTF8.GetString(buffer.Written.Span);
    }

    private static void Copy(ReadOnlySpan<byte> body, Utf8JsonWriter json, FrozenSet<string> secrets, IEnumerable<KeyValuePair<string, string>> query)
    {
        var text = body.Trim(" \t\r\n"u8);
        var reader = new Utf8JsonReader(text, Reading);
        if (text.IsEmpty || !reader.Read() || reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            json.WriteStartObject();
            Members(json, secrets, query, []);
            json.WriteEndObject();
            return;
        }

        var isObject = reader.TokenType == JsonTokenType.StartObject;
        var isAsked = query.Any();
        var sent = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.CurrentDepth == 1 && isAsked) sent.Add(reader.GetString()!);
                if (IsSecret(ref reader, secrets))
                {
                    reader.Read();
                    reader.Skip();
                    continue;
                }
            }

            if (isObject && reader is { TokenType: JsonTokenType.EndObject, CurrentDepth: 0 }) Members(json, secrets, query, sent);
            Write(ref reader, json);
        }
        while (reader.Read());
    }

    private static void Members(Utf8JsonWriter json, FrozenSet<string> secrets, IEnumerable<KeyValuePair<string, string>> query, HashSet<string> sent)
    {
        foreach (var (name, value) in query)
            if (!name.StartsWith('_') && name is not ("action" or "token" or "projectId") && !IsSecret(name, secrets) && sent.Add(name))
                json.WriteString(name, value);
    }

    private static void Write(ref Utf8JsonReader reader, Utf8JsonWriter json)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject: json.WriteStartObject(); break;
            case JsonTokenType.EndObject: json.WriteEndObject(); break;
            case JsonTokenType.StartArray: json.WriteStartArray(); break;
            case JsonTokenType.EndArray: json.WriteEndArray(); break;
            case JsonTokenType.PropertyName when !reader.ValueIsEscaped: json.WritePropertyName(reader.ValueSpan); break;
            case JsonTokenType.PropertyName: json.WritePropertyName(reader.GetString()!); break;
            case JsonTokenType.String when !reader.ValueIsEscaped: json.WriteStringValue(reader.ValueSpan); break;
            case JsonTokenType.String: json.WriteStringValue(reader.GetString()); break;
            default: json.WriteRawValue(reader.ValueSpan, skipInputValidation: true); break;
        }
    }

    private static bool IsSecret(ref Utf8JsonReader reader, FrozenSet<string> secrets)
    {
        if (reader.ValueSpan.Length > ShortName) return IsSecret(reader.GetString(), secrets);
        Span<char> name = stackalloc char[ShortName];
        return IsSecret(name[..reader.CopyString(name)], secrets);
    }

    /// <summary>What a driver is configured with holds the keys of clouds under names of its own; the configuration of a sign-in provider is known field by field.</summary>
    private static bool IsSecret(ReadOnlySpan<char> name, FrozenSet<string> secrets)
        => secrets.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name)
            || (name.EndsWith("Config", StringComparison.Ordinal) && !(ReferenceEquals(secrets, OfSignIn) && Sections.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name)));

    private static FrozenSet<string> SecretsOf(string type, string? id)
        => type == AuthConfigRoutes.Subject ? OfSignIn : type is "setting" or "activeSetting"
            ? IsSecretSetting(id) ? Names.GetOrAdd("", _ => With(["value", "activeValue"])) : Everywhere
            : Names.GetOrAdd(type, static type => With(OwnOf(type)));

    /// <summary>The secrets of one kind, and what shows a token in other words.</summary>
    private static string[] OwnOf(string type)
        => [.. (Catalog.All.FindKind(type)?.Fields ?? []).Where(field => field.Declared.Secret).Select(field => field.Name), .. type == "registrationToken" ? ["command", "windowsCommand"] : Array.Empty<string>()];

    /// <summary>Settings that nobody declared are judged by their names; without one name, as in a list, each may be secret.</summary>
    private static bool IsSecretSetting(string? name)
        => name is null || SettingsTable.Find(name) is { IsSecret: true } || name.Contains("password", StringComparison.OrdinalIgnoreCase) || name.Contains("secret", StringComparison.OrdinalIgnoreCase);

    private static FrozenSet<string> With(string[] own) => Everywhere.Concat(own).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
