using System.Text.Json.Serialization;
using Drover.Model.Kernel;

namespace Drover.Model.Accounts;

/// <summary>Who somebody is to a sign-in provider: a person, a group, an organisation or a team.</summary>
[Kind("identity", Plural = "identities", IsView = true, Bare = true, Methods = "r")]
[Inherited("id", "r", Type = "string")]
[Inherited("name", "c", Filter = true, FilterAs = "equal")]
public sealed record Identity : Resource, IOwnId
{
    /// <summary>What wire ids begin with; they are read without it too.</summary>
    public const string Prefix = "1i!";

    /// <inheritdoc/>
    [JsonIgnore]
    public string? WireId => $"{Prefix}{ExternalIdType}:{ExternalId}";

    [Field("c", Filter = true, FilterAs = "equal")]
    public string? All { get; init; }

    [Field("c", NotNull = true, Required = true)]
    public string? ExternalId { get; init; }

    [Field("c", NotNull = true, Required = true)]
    public string? ExternalIdType { get; init; }

    [Field("c")]
    public string? Login { get; init; }

    [Field("c")]
    public string? ProfilePicture { get; init; }

    [Field("c")]
    public string? ProfileUrl { get; init; }

    [Field("c"), Ref("project")]
    public long? ProjectId { get; init; }

    [Field("c")]
    public string? Role { get; init; }

    [Field("r")]
    public bool? User { get; init; }
}
