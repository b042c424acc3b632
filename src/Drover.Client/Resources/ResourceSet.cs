using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Drover.Client.Connection;
using Drover.Client.Waiting;
using Drover.Client.Wire;
using Drover.Model.Kernel;

namespace Drover.Client.Resources;

/// <summary>The objects of one kind, within an environment or of the whole server.</summary>
/// <typeparam name="T">The kind's record of what is wanted.</typeparam>
public sealed class ResourceSet<T>
    where T : Resource
{
    private const string PageSize = "1000";

    private static readonly Kind Kind = Catalog.All.Of<T>();
    private readonly ApiConnection _connection;
    private readonly string _scope;
    private readonly string _url;

    internal ResourceSet(ApiConnection connection, string below)
    {
        _connection = connection;
        _scope = below;
        _url = $"{below}/{Kind.Plural.ToLowerInvariant()}";
    }

    /// <summary>All objects that match, page by page as they are read.</summary>
    /// <param name="filters">
    /// Fields with or without a modifier, such as ("name", "web") or ("state_ne", "removed"); and ("sort", "name"), ("order", "desc"), ("limit", "50") for the size of a page.
    /// </param>
    /// <param name="cancellation">Ends the reading.</param>
    public IAsyncEnumerable<ApiResource<T>> ListAsync(
        IEnumerable<(string Field, string Value)>? filters = null, CancellationToken cancellation = default)
    {
        var asked = (filters ?? []).ToList();
        if (!asked.Exists(filter => filter.Field == "limit")) asked.Add(("limit", PageSize));
        return PagesAsync($"{_url}?{string.Join('&', asked.Select(filter => $"{Uri.EscapeDataString(filter.Field)}={Uri.EscapeDataString(filter.Value)}"))}", cancellation);
    }

    /// <summary>The objects behind a link of another object, such as a service's instances.</summary>
    public IAsyncEnumerable<ApiResource<T>> LinkedAsync(string link, CancellationToken cancellation = default) => PagesAsync(link, cancellation);

    /// <summary>The object with a wire id; throws <see cref="ApiException"/> (404) where there is none.</summary>
    public async Task<ApiResource<T>> GetAsync(string id, CancellationToken cancellation = default) =>
        ApiResource<T>.Read(await _connection.SendAsync(HttpMethod.Get, At(id), null, cancellation).ConfigureAwait(false));

    /// <summary>The object with a wire id; null where there is none.</summary>
    public async Task<ApiResource<T>?> FindAsync(string id, CancellationToken cancellation = default)
    {
        try
        {
            return await GetAsync(id, cancellation).ConfigureAwait(false);
        }
        catch (ApiException refused) when (refused.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Asks for a new object. What the record leaves at its initial value is left to the server.</summary>
    public async Task<ApiResource<T>> CreateAsync(T wanted, CancellationToken cancellation = default) =>
        ApiResource<T>.Read(await _connection.SendAsync(
            HttpMethod.Post, _url, WireRecord.Of(typeof(T)).ToWire(wanted), cancellation).ConfigureAwait(false));

    /// <summary>Reads an object, sends what the change made different, and does it again when somebody else was faster.</summary>
    public async Task<ApiResource<T>> UpdateAsync(string id, Func<T, T> change, CancellationToken cancellation = default)
    {
        async Task<JsonNode?> Body(CancellationToken token)
        {
            var before = (await GetAsync(id, token).ConfigureAwait(false)).Wanted;
            return WireRecord.Of(typeof(T)).Changes(before, change(before));
        }

        return ApiResource<T>.Read(await _connection.SendPatientlyAsync(HttpMethod.Put, At(id), Body, cancellation).ConfigureAwait(false));
    }

    /// <summary>Asks for the removal of an object and answers what it has become.</summary>
    public async Task<ApiResource<T>> DeleteAsync(string id, CancellationToken cancellation = default) =>
        ApiResource<T>.Read(await _connection.SendPatientlyAsync(
            HttpMethod.Delete, At(id), _ => Task.FromResult<JsonNode?>(null), cancellation).ConfigureAwait(false));

    /// <summary>Asks for an action and answers the object it returned; those with an input have a method of their own in Drover.Client.Actions.</summary>
    /// <param name="id">The wire id.</param>
    /// <param name="action">Its name, such as "activate".</param>
    /// <param name="input">Its input: the model's record of it, or JSON; null for none.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<ApiResource<T>> ActAsync(string id, string action, object? input = null, CancellationToken cancellation = default) =>
        ApiResource<T>.Read(await InvokeAsync(id, action, input, cancellation).ConfigureAwait(false));

    /// <summary>Asks for an action and answers its result as the model's record of it.</summary>
    public async Task<TOutput> InvokeAsync<TOutput>(string id, string action, object? input = null, CancellationToken cancellation = default)
        where TOutput : class
        => (TOutput)WireRecord.Of(typeof(TOutput)).Read(await InvokeAsync(id, action, input, cancellation).ConfigureAwait(false));

    /// <summary>Asks for an action and answers its result as it came.</summary>
    public Task<JsonElement> InvokeAsync(string id, string action, object? input = null, CancellationToken cancellation = default) =>
        _connection.SendPatientlyAsync(HttpMethod.Post, $"{At(id)}/?action={Uri.EscapeDataString(action)}", _ => Task.FromResult<JsonNode?>(Body(input)), cancellation);

    /// <summary>
    /// Waits until an object is as asked: looks at each change of it, and every second while the stream of changes is down. Throws
    /// <see cref="WaitTimeoutException"/> with its last reason when it takes too long, and <see cref="ApiException"/> (404) when it is gone.
    /// </summary>
    /// <param name="id">The wire id.</param>
    /// <param name="until">True when the waiting is over.</param>
    /// <param name="limit">How long to wait at most.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<ApiResource<T>> WaitUntilAsync(string id, Func<ApiResource<T>, bool> until, TimeSpan limit, CancellationToken cancellation = default)
    {
        var deadline = _connection.Time.GetUtcNow() + limit;
        await using var signal = new ChangeSignal(_connection, _scope, change => change.Id == id);
        while (true)
        {
            var now = await GetAsync(id, cancellation).ConfigureAwait(false);
            if (until(now)) return now;
            var left = deadline - _connection.Time.GetUtcNow();
            if (left <= TimeSpan.Zero) throw new WaitTimeoutException($"{now.Type} {now.Name}", now.State, now.Why?.Reason ?? now.Message, limit);
            await signal.NextAsync(left, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the server no longer works on an object: it rests, or its last try failed (<see cref="ApiResource{T}.HasFailed"/>).</summary>
    public Task<ApiResource<T>> WaitUntilSettledAsync(string id, TimeSpan limit, CancellationToken cancellation = default) =>
        WaitUntilAsync(id, resource => !resource.IsTransitioning, limit, cancellation);

    /// <summary>Waits until an object rests in a state.</summary>
    public Task<ApiResource<T>> WaitUntilAsync(string id, string state, TimeSpan limit, CancellationToken cancellation = default) =>
        WaitUntilAsync(id, resource => resource.State == state, limit, cancellation);

    /// <summary>Waits until an object is removed, also from the server's books.</summary>
    public async Task WaitUntilRemovedAsync(string id, TimeSpan limit, CancellationToken cancellation = default)
    {
        try
        {
            await WaitUntilAsync(id, resource => resource.State is "removed" or "purged", limit, cancellation).ConfigureAwait(false);
        }
        catch (ApiException gone) when (gone.Status == HttpStatusCode.NotFound)
        {
            // Nothing is left of it.
        }
    }

    private static JsonNode Body(object? input) => input switch
    {
        null => new JsonObject(),
        JsonNode json => json.DeepClone(),
        _ => WireRecord.Of(input.GetType()).ToWire(input),
    };

    private string At(string id) => $"{_url}/{Uri.EscapeDataString(id)}";

    private async IAsyncEnumerable<ApiResource<T>> PagesAsync(string url, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var next = url; next is not null;)
        {
            var page = await _connection.SendAsync(HttpMethod.Get, next, null, cancellation).ConfigureAwait(false);
            if (!page.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
                throw new ApiException(HttpStatusCode.OK, "InvalidAnswer", message: $"{next} is no list");
            foreach (var item in data.EnumerateArray()) yield return ApiResource<T>.Read(item);
            next = page.TryGetProperty("pagination", out var paging) && paging.ValueKind == JsonValueKind.Object
                && paging.TryGetProperty("next", out var link) && link.ValueKind == JsonValueKind.String
                ? link.GetString()
                : null;
        }
    }
}
