using System.Text.Json;

namespace Drover.Client.Waiting;

/// <summary>An object changed.</summary>
/// <param name="Type">The concrete type, such as "container".</param>
/// <param name="Id">The wire id.</param>
/// <param name="Resource">The object as a GET would show it now.</param>
public sealed record Change(string Type, string Id, JsonElement Resource);
