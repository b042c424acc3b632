using System.Collections.Immutable;
using System.Net;

namespace Drover.DataPlane.Names;

/// <summary>What a name means to the one who asks.</summary>
public abstract record NameAnswer
{
    private NameAnswer()
    {
    }

    /// <summary>Addresses within the environment, in the order to be given.</summary>
    public sealed record Addresses(ImmutableArray<IPAddress> Items) : NameAnswer;

    /// <summary>Another name, outside as a rule: an external service with a host name.</summary>
    public sealed record Alias(string Target) : NameAnswer;

    /// <summary>Ours to say, and nothing has it.</summary>
    public sealed record Missing : NameAnswer;

    /// <summary>Not ours: ask the container's own resolvers first, then the host's.</summary>
    public sealed record Elsewhere(ImmutableArray<IPAddress> Resolvers) : NameAnswer;
}
