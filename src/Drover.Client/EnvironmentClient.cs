using Drover.Client.Connection;
using Drover.Client.Resources;
using Drover.Client.Waiting;
using Drover.Model.Containers;
using Drover.Model.Credentials;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.ServiceLogs;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Model.Volumes;

namespace Drover.Client;

/// <summary>The API within one environment.</summary>
public sealed class EnvironmentClient
{
    private readonly ApiConnection _connection;
    private readonly string _url;

    internal EnvironmentClient(ApiConnection connection, string url, string id, string name)
    {
        _connection = connection;
        _url = url;
        Id = id;
        Name = name;
    }

    /// <summary>The wire id, such as "1a5".</summary>
    public string Id { get; }

    /// <summary>Its name; the id where only that is known.</summary>
    public string Name { get; }

    public ResourceSet<Stack> Stacks => Set<Stack>();

    public ResourceSet<Service> Services => Set<Service>();

    public ResourceSet<Container> Containers => Set<Container>();

    public ResourceSet<Host> Hosts => Set<Host>();

    public ResourceSet<Volume> Volumes => Set<Volume>();

    public ResourceSet<RegistrationToken> RegistrationTokens => Set<RegistrationToken>();

    public ResourceSet<ServiceLog> ServiceLogs => Set<ServiceLog>();

    /// <summary>The environment's objects of a kind.</summary>
    public ResourceSet<T> Set<T>()
        where T : Resource
        => new(_connection, _url);

    /// <summary>
    /// Each change in the environment as it happens. Ends when the server closes the stream, and throws
    /// <see cref="System.Net.WebSockets.WebSocketException"/> when the connection is lost.
    /// </summary>
    public IAsyncEnumerable<Change> ChangesAsync(CancellationToken cancellation = default) => ChangeFeed.ReadAsync(_connection, _url, cancellation);

    /// <summary>Starts to listen for changes, and goes on where the stream breaks.</summary>
    public ChangeSignal Listen() => new(_connection, _url);
}
