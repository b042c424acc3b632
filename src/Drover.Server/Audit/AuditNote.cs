using System.Collections.Immutable;
using Drover.Server.Api.Calls;

namespace Drover.Server.Audit;

/// <summary>One request that asked for a change, and how it was answered; bodies are as they went over the wire.</summary>
public sealed record AuditNote
{
    public required Caller Caller { get; init; }

    /// <summary>The kind that was asked for.</summary>
    public required string Type { get; init; }

    /// <summary>"create", "update", "delete" or the action's name.</summary>
    public required string Verb { get; init; }

    /// <summary>The id in the path; null for a creation.</summary>
    public string? Id { get; init; }

    /// <summary>Where the request came from; null where that is not known.</summary>
    public string? ClientIp { get; init; }

    public ImmutableArray<KeyValuePair<string, string>> Query { get; init; } = [];

    public ReadOnlyMemory<byte> Request { get; init; }

    public ReadOnlyMemory<byte> Response { get; init; }

    /// <summary>The HTTP status of the answer.</summary>
    public required int Status { get; init; }

    /// <summary>Why the request was refused; null where it was not.</summary>
    public string? Refusal { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Time from request to answer in milliseconds.</summary>
    public long Milliseconds { get; init; }
}
