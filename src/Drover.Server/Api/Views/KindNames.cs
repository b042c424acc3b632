namespace Drover.Server.Api.Views;

/// <summary>What a kind is called in one version of the API.</summary>
/// <param name="Name">Its type.</param>
/// <param name="Plural">Its collection.</param>
/// <param name="BaseType">The type of its immediate parent, or its own.</param>
/// <param name="Letters">The letters of its ids.</param>
public sealed record KindNames(string Name, string Plural, string BaseType, string Letters)
{
    /// <summary>What its collections name as resourceType.</summary>
    public string Listed { get; init; } = Name;
}
