using System.Net.Http.Json;

namespace Drover.Agent.Docker.Engine.Volumes;

/// <summary>What can be done with volumes.</summary>
public sealed class VolumeOperations
{
    private const string Noun = "/volumes";
    private readonly EngineConnection _connection;

    internal VolumeOperations(EngineConnection connection) => _connection = connection;

    /// <summary>Lists volumes of all drivers; drivers that did not answer are named in the warnings.</summary>
    public Task<ListVolumesResponse> ListAsync(EngineFilters? filters = null, CancellationToken cancellation = default) =>
        _connection.AskAsync(
            EngineRequest.Get(new EngineUri(Noun).With(filters)), EngineJson.Default.ListVolumesResponse, cancellation);

    /// <summary>One volume.</summary>
    public Task<Volume> InspectAsync(string name, CancellationToken cancellation = default) =>
        _connection.AskAsync(EngineRequest.Get(new EngineUri(Noun, name)), EngineJson.Default.Volume, cancellation);

    /// <summary>Makes a volume, or gives back the one of that name; conflict when that one has another driver.</summary>
    public Task<Volume> CreateAsync(CreateVolumeRequest request, CancellationToken cancellation = default) =>
        _connection.AskAsync(
            EngineRequest.Post(new EngineUri("/volumes/create")) with
            {
                Body = JsonContent.Create(request, EngineJson.Default.CreateVolumeRequest),
            },
            EngineJson.Default.Volume, cancellation);

    /// <summary>Removes a volume and its data; conflict while a container has it, running or not.</summary>
    /// <param name="name">The volume.</param>
    /// <param name="force">Also when its driver cannot be asked.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public Task RemoveAsync(string name, bool force = false, CancellationToken cancellation = default) =>
        _connection.DoAsync(EngineRequest.Delete(new EngineUri(Noun, name).With("force", force)), cancellation);
}
