using Drover.Model.Kernel;

namespace Drover.Store.Tests.State;

/// <summary>A kind for tests with an index of every sort, on both sides.</summary>
[Kind("thing", Seen = typeof(ThingSeen))]
public sealed record Thing : Resource
{
    [Field("c"), Index]
    public string? Text { get; init; }

    [Field("c"), Index]
    public long? Number { get; init; }

    [Field("c"), Index]
    public bool Flag { get; init; }

    [Field("c"), Index]
    public DateTimeOffset? Time { get; init; }

    [Flatten]
    public ThingSpec Spec { get; init; } = new();
}

/// <summary>A record whose fields stand directly in the thing.</summary>
public sealed record ThingSpec
{
    [Field("c"), Index]
    public string? Deep { get; init; }
}

/// <summary>What was seen of a thing.</summary>
public sealed record ThingSeen : Seen
{
    [Field("r"), Index]
    public long? Place { get; init; }
}

/// <summary>Another kind of the same family, with one of its indexes.</summary>
[Kind("other", Family = "thing")]
public sealed record Other : Resource
{
    [Field("c"), Index]
    public string? Text { get; init; }
}

/// <summary>A kind whose index cannot be kept.</summary>
[Kind("odd")]
public sealed record Odd : Resource
{
    [Field("c"), Index]
    public EquatableArray<string> List { get; init; }
}
