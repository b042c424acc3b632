namespace Drover.Client.Streams;

/// <summary>A stream was broken off; the message says why.</summary>
public sealed class StreamException(string reason) : Exception(reason);
