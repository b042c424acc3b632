namespace Drover.Server.Api.Binding;

/// <summary>The body of a request once it was read; a feature of the request, for the audit log.</summary>
public sealed record SentBody(ReadOnlyMemory<byte> Bytes);
