using System.Net.Http.Json;

namespace Drover.Agent.Docker.Engine.Networks;

/// <summary>What can be done with networks. Ids may be full ids, unique beginnings or names.</summary>
public sealed class NetworkOperations
{
    private const string Noun = "/networks";
    private readonly EngineConnection _connection;

    internal NetworkOperations(EngineConnection connection) => _connection = connection;

    /// <summary>Lists networks, without the containers in them.</summary>
    public Task<IReadOnlyList<Network>> ListAsync(EngineFilters? filters = null, CancellationToken cancellation = default) =>
        _connection.AskAsync(
            EngineRequest.Get(new EngineUri(Noun).With(filters)), EngineJson.Default.IReadOnlyListNetwork, cancellation);

    /// <summary>One network with the running containers in it.</summary>
    public Task<Network> InspectAsync(string id, CancellationToken cancellation = default) =>
        _connection.AskAsync(EngineRequest.Get(new EngineUri(Noun, id)), EngineJson.Default.Network, cancellation);

    /// <summary>Makes a network; conflict when the name is taken; bad request or a failure when its addresses overlap another's.</summary>
    public Task<CreateNetworkResponse> CreateAsync(CreateNetworkRequest request, CancellationToken cancellation = default) =>
        _connection.AskAsync(
            EngineRequest.Post(new EngineUri("/networks/create")) with
            {
                Body = JsonContent.Create(request, EngineJson.Default.CreateNetworkRequest),
            },
            EngineJson.Default.CreateNetworkResponse, cancellation);

    /// <summary>Removes a network; conflict while containers are in it.</summary>
    public Task RemoveAsync(string id, CancellationToken cancellation = default) =>
        _connection.DoAsync(EngineRequest.Delete(new EngineUri(Noun, id)), cancellation);

    /// <summary>Puts a container into a network, with an address of its own if asked for.</summary>
    public Task ConnectAsync(
        string id, string container, EndpointSettings? endpoint = null, CancellationToken cancellation = default) =>
        _connection.DoAsync(
            EngineRequest.Post(new EngineUri(Noun, id, "/connect")) with
            {
                Body = JsonContent.Create(new ConnectNetworkRequest(container, endpoint), EngineJson.Default.ConnectNetworkRequest),
            },
            cancellation);

    /// <summary>Takes a container out of a network; forced, also one that is gone.</summary>
    public Task DisconnectAsync(string id, string container, bool force = false, CancellationToken cancellation = default) =>
        _connection.DoAsync(
            EngineRequest.Post(new EngineUri(Noun, id, "/disconnect")) with
            {
                Body = JsonContent.Create(new DisconnectNetworkRequest(container, force), EngineJson.Default.DisconnectNetworkRequest),
            },
            cancellation);
}
