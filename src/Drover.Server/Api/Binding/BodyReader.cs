using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Drover.Model.Kernel;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Api.Binding;

/// <summary>Reads request bodies within limits: 16 MB, 64 levels, well-formed text.</summary>
public static class BodyReader
{
    /// <summary>The largest body in bytes; a larger one is answered with 413.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>What is set aside before anything came; a length alone must cost nothing.</summary>
    private const int FirstBytes = 64 * 1024;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowTrailingCommas = false, CommentHandling = JsonCommentHandling.Disallow };

    /// <summary>The one JSON object that was sent, as it is. Throws 400 InvalidBodyContent or 413.</summary>
    public static async Task<JsonElement> ReadObjectAsync(HttpRequest request, CancellationToken cancel)
        => ParseRoot(await ReadBytesAsync(request, cancel)) is { ValueKind: JsonValueKind.Object } root ? root : throw Broken();

    /// <summary>The objects that were sent, at least one: the object, or the elements of an array. Throws 400 InvalidBodyContent or 413.</summary>
    public static async Task<ImmutableArray<Body>> ReadAsync(HttpRequest request, IReadOnlyList<KeyValuePair<string, string>> query, CancellationToken cancel)
        => Parse(await ReadBytesAsync(request, cancel), query);

    private static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentLength > MaxBytes) throw TooLarge();
        var bytes = new ArrayBufferWriter<byte>((int)Math.Clamp((request.ContentLength ?? 1024) + 1, 64, FirstBytes)); // one more, to read the end into
        while (true)
        {
            var read = await request.Body.ReadAsync(bytes.GetMemory(), cancel);
            if (read == 0) break;
            bytes.Advance(read);
            if (bytes.WrittenCount > MaxBytes) throw TooLarge();
        }

        request.HttpContext.Features.Set(new SentBody(bytes.WrittenMemory));
        return bytes.WrittenMemory;
    }

    /// <summary>The objects in a body, at least one. Empty text and values without any object count as one empty object.</summary>
    public static ImmutableArray<Body> Parse(ReadOnlyMemory<byte> text, IReadOnlyList<KeyValuePair<string, string>> query)
    {
        if (text.Span.Trim(" \t\r\n"u8).IsEmpty) return [Body.From(default, query)];
        var root = ParseRoot(text);
        if (root.ValueKind != JsonValueKind.Array) return [Body.From(root, query)];
        ImmutableArray<Body> sent = [.. root.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object).Select(e => Body.From(e, query))];
        return sent.IsEmpty ? [Body.From(default, query)] : sent;
    }

    private static JsonElement ParseRoot(ReadOnlyMemory<byte> text)
    {
        if (text.Span.StartsWith("\uFEFF"u8)) text = text[3..]; // some programs write a mark in front of UTF-8, which JSON does not know
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            var root = document.RootElement.Clone();
            RefuseBrokenText(root);
            return root;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw Broken();
        }
    }

    private static ProblemException Broken()
        => new(new Problem("InvalidBodyContent", Message: "InvalidBodyContent", Status: 400, Detail: "The body is no JSON object"));

    /// <summary>Half surrogate pairs pass the parser and fail where they are read; read them once here.</summary>
    private static void RefuseBrokenText(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) RefuseBrokenText(item);
                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    RefuseBrokenText(member.Value);
                }

                break;
        }
    }

    private static ProblemException TooLarge()
        => new(new Problem("Request Entity Too Long", Message: "Request Entity Too Long", Status: 413, Detail: $"At most {MaxBytes} bytes"));
}
