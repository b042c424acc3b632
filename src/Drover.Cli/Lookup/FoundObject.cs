using System.Net;
using System.Text.Json;
using Drover.Client;
using Drover.Client.Resources;
using Drover.Model.Kernel;

namespace Drover.Cli.Lookup;

/// <summary>An object that a person named.</summary>
internal abstract class FoundObject
{
    /// <summary>The concrete type, such as "service".</summary>
    public abstract string Type { get; }

    public abstract string Id { get; }

    /// <summary>As people name it, such as "shop/web".</summary>
    public abstract string Name { get; }

    public abstract string? State { get; }

    public abstract JsonElement Json { get; }

    public abstract bool Offers(string action);

    public abstract Task ActAsync(string action, CancellationToken cancellation);

    public abstract Task DeleteAsync(CancellationToken cancellation);

    /// <summary>Waits until the server no longer works on it; null once it is gone.</summary>
    public abstract Task<FoundObject?> SettledAsync(TimeSpan limit, CancellationToken cancellation);

    public override string ToString() => $"{Type} {Name}";
}

/// <summary>An object of one kind.</summary>
internal sealed class FoundObject<T>(EnvironmentClient environment, ApiResource<T> resource, string name) : FoundObject
    where T : Resource
{
    private static readonly string[] Gone = ["removed", "purging", "purged"];

    public override string Type => resource.Type;

    public override string Id => resource.Id;

    public override string Name => name;

    public override string? State => resource.State;

    public override JsonElement Json => resource.Json;

    public ApiResource<T> Resource => resource;

    public override bool Offers(string action) => resource.Actions.ContainsKey(action);

    public override Task ActAsync(string action, CancellationToken cancellation) =>
        environment.Set<T>().ActAsync(Id, action, cancellation: cancellation);

    public override Task DeleteAsync(CancellationToken cancellation) => environment.Set<T>().DeleteAsync(Id, cancellation);

    public override async Task<FoundObject?> SettledAsync(TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            var settled = await environment.Set<T>().WaitUntilSettledAsync(Id, limit, cancellation);
            return Gone.Contains(settled.State) ? null : new FoundObject<T>(environment, settled, name);
        }
        catch (ApiException refused) when (refused.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
