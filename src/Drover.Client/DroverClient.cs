using Drover.Client.Connection;
using Drover.Client.Resources;
using Drover.Model.Environments;
using Drover.Model.Kernel;

namespace Drover.Client;

/// <summary>A server's API. Safe for use by several threads.</summary>
public sealed class DroverClient : IDisposable
{
    private readonly ApiConnection _connection;
    private readonly ApiAddress _address;

    /// <param name="options">Where and who.</param>
    /// <param name="handler">Takes the place of the network, for tests and tunnels; disposed with the client.</param>
    public DroverClient(ClientOptions options, HttpMessageHandler? handler = null)
    {
        _address = ApiAddress.Parse(options.Url);
        _connection = new ApiConnection(options, handler);
        Environments = Set<Project>();
    }

    /// <summary>The environments that the caller may enter.</summary>
    public ResourceSet<Project> Environments { get; }

    /// <summary>The objects of a kind across the server, as far as the caller sees them.</summary>
    public ResourceSet<T> Set<T>()
        where T : Resource
        => new(_connection, _address.Root);

    /// <summary>Enters an environment.</summary>
    /// <param name="nameOrId">A name or wire id; null takes the one in the server's address, the only one, or the one called Default.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<EnvironmentClient> EnterAsync(string? nameOrId = null, CancellationToken cancellation = default)
    {
        var wanted = nameOrId ?? _address.Environment;
        var all = new List<ApiResource<Project>>();
        await foreach (var project in Environments.ListAsync(cancellation: cancellation).ConfigureAwait(false)) all.Add(project);
        var found = wanted is not null
            ? all.Find(project => project.Id == wanted) ?? all.Find(project => string.Equals(project.Wanted.Name, wanted, StringComparison.OrdinalIgnoreCase))
            : all.Count == 1 ? all[0] : all.Find(project => project.Wanted.Name == "Default");
        if (found is not null) return new EnvironmentClient(_connection, _address.Within(found.Id), found);
        var names = all.Count == 0 ? "there is none" : $"there are {string.Join(", ", all.Select(project => project.Name))}";
        throw new ApiException(
            System.Net.HttpStatusCode.NotFound, "EnvironmentNotFound", message: wanted is null ? $"name an environment: {names}" : $"no environment {wanted}: {names}");
    }

    public void Dispose() => _connection.Dispose();
}
