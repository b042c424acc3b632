using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Queries;
using Drover.Server.Api.Rendering;
using Drover.Server.Api.Seams;
using Drover.Server.Api.Views;
using Microsoft.Extensions.Logging;

namespace Drover.Server.Api.Subscribe;

/// <summary>Writes the messages of the stream (api-semantics.md section 16).</summary>
public sealed partial class EventWriter(KindPieces pieces, IdSource ids, TimeProvider time, ILogger<EventWriter> log)
{
    /// <summary>So many objects behind a link are told with each change; more are had by the link itself.</summary>
    public const int MostIncluded = 100;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The message of a changed object; null where the role sees none of its types, or it cannot be shown.</summary>
    public ReadOnlyMemory<byte>? Change(ApiCall call, Entry entry)
    {
        if (call.Catalog.Shown(entry.Kind) is not { } shown) return null;
        try
        {
            return Change(call, entry, shown);
        }
#pragma warning disable CA1031 // One object that fails to render must not end the stream of all others.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            Failed(log, shown.Names.Name, entry.Id, defect);
            return null;
        }
    }

    private ReadOnlyMemory<byte> Change(ApiCall call, Entry entry, KindView shown)
        => Write("resource.change", shown.IdOf(entry), shown.Names.Name, json =>
        {
            var writer = new ResourceWriter(call, pieces);
            json.WritePropertyName("resource");
            writer.Write(json, entry, IncludedIn(call, entry, shown), withActions: !call.WantsActionLinks);
            if (call.WantsActionLinks) writer.WriteActionLinks(json, entry);
        });

    /// <summary>What stands behind the first link of those asked for that the object has; records without bound are not looked up for each change.</summary>
    private Included? IncludedIn(ApiCall call, Entry entry, KindView shown)
        => call.Query.Where(q => q.Key == "include").Select(q => shown.FindLink(q.Value)).FirstOrDefault(found => found is { Target.Declared.IsHistory: false }) is { } link
            ? Included.Of(link, new Rows(Catalog.All, pieces, call.Snapshot, call.Caller).Behind(call, entry, link).Take(MostIncluded).Select(found => pieces.Shown(call, found)))
            : null;

    /// <summary>The message that says the connection lives.</summary>
    public ReadOnlyMemory<byte> Ping()
        => Write("ping", null, null, json =>
        {
            json.WriteStartObject("options");
            json.WriteEndObject();
            json.WriteStartArray("resources");
            json.WriteEndArray();
        });

    /// <summary>The message before the server closes because the caller may no longer read.</summary>
    public ReadOnlyMemory<byte> Logout() => Write("logout", null, null, _ => { });

    /// <summary>The message that tells an agent of a newer configuration to fetch (clients.md section 5).</summary>
    /// <param name="configUrl">Where the items are fetched from.</param>
    /// <param name="item">The item's name.</param>
    /// <param name="version">The version that is there now.</param>
    public ReadOnlyMemory<byte> ConfigUpdate(string configUrl, string item, long version)
        => Write("config.update", null, null, json =>
        {
            json.WriteString("configUrl", configUrl);
            json.WriteStartArray("items");
            json.WriteStartObject();
            json.WriteString("name", item);
            json.WriteNumber("requestedVersion", version);
            json.WriteEndObject();
            json.WriteEndArray();
        }, replyTo: $"reply.{ids.NewUuid()}");

    private ReadOnlyMemory<byte> Write(string name, string? resourceId, string? resourceType, Action<Utf8JsonWriter> data, string? replyTo = null)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("id", ids.NewUuid());
            json.WriteString("name", name);
            if (replyTo is not null) json.WriteString("replyTo", replyTo);
            json.WriteString("resourceId", resourceId);
            json.WriteString("resourceType", resourceType);
            json.WriteStartObject("data");
            data(json);
            json.WriteEndObject();
            json.WriteNumber("time", time.GetUtcNow().ToUnixTimeMilliseconds());
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} {Id} could not be shown")]
    private static partial void Failed(ILogger log, string kind, long id, Exception defect);
}
