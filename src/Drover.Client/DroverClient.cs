using Drover.Client.Connection;
using Drover.Client.Resources;
using Drover.Model.Accounts;
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

    /// <summary>
    /// Signs in with a name and password of the server's own accounts or of the directory it is set to, and returns a client of that session.
    /// Throws <see cref="ApiException"/> for a wrong pair.
    /// </summary>
    /// <param name="options">Where; keys in it are not used.</param>
    /// <param name="user">The login name.</param>
    /// <param name="password">The password; kept nowhere.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<DroverClient> SignInAsync(ClientOptions options, string user, string password, CancellationToken cancellation = default)
    {
        using var stranger = new DroverClient(options with { AccessKey = null, SecretKey = null, SessionKey = null });
        var token = await stranger.Set<Token>().CreateAsync(new Token { Code = $"{user}:{password}" }, cancellation).ConfigureAwait(false);
        var session = token.Text("jwt") ?? throw new ApiException(System.Net.HttpStatusCode.Created, "InvalidAnswer", message: "the sign-in returned no session; is access control on?");
        return new DroverClient(options with { AccessKey = null, SecretKey = null, SessionKey = session });
    }

    /// <summary>Ends the session that the client was signed in with.</summary>
    public Task SignOutAsync(CancellationToken cancellation = default)
        => _connection.SendAsync(HttpMethod.Delete, $"{_address.Root}/tokens/current", null, cancellation);

    /// <summary>The client in an environment whose wire id is known; nothing is asked for, so that a wrong id shows at the first use.</summary>
    public EnvironmentClient Environment(string id) => new(_connection, _address.Within(id), id, id);

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
        if (found is not null) return new EnvironmentClient(_connection, _address.Within(found.Id), found.Id, found.Name);
        var names = all.Count == 0 ? "there is none" : $"there are {string.Join(", ", all.Select(project => project.Name))}";
        throw new ApiException(
            System.Net.HttpStatusCode.NotFound, "EnvironmentNotFound", message: wanted is null ? $"name an environment: {names}" : $"no environment {wanted}: {names}");
    }

    public void Dispose() => _connection.Dispose();
}
