using System.Runtime.CompilerServices;
using Drover.Client.Connection;
using Drover.Client.Resources;
using Drover.Client.Streams;
using Drover.Client.Waiting;
using Drover.Client.Wire;
using Drover.Model.Containers;
using Drover.Model.Credentials;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.ServiceLogs;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Model.Streams;
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

    /// <summary>What a container writes, line by line. Ends when it does, or when the server closes the stream.</summary>
    /// <param name="container">The wire id.</param>
    /// <param name="asked">How many lines, since when, and whether to follow.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<LogLine> LogsAsync(string container, ContainerLogs asked, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var access = await Containers.InvokeAsync(container, "logs", WireRecord.Of(typeof(ContainerLogs)).ToWire(asked), cancellation).ConfigureAwait(false);
        var socket = await _connection.OpenStreamAsync(StreamAddress.Of(access), null, cancellation).ConfigureAwait(false);
        await foreach (var line in LogFeed.ReadAsync(socket, cancellation).ConfigureAwait(false)) yield return line;
    }

    /// <summary>Starts a command in a container.</summary>
    /// <param name="container">The wire id.</param>
    /// <param name="asked">The command, and whether it has a terminal and input.</param>
    /// <param name="cancellation">Gives up before it is started; dispose the stream to end it later.</param>
    public async Task<ExecStream> ExecAsync(string container, ContainerExec asked, CancellationToken cancellation = default)
    {
        var access = await Containers.InvokeAsync(container, "execute", WireRecord.Of(typeof(ContainerExec)).ToWire(asked), cancellation).ConfigureAwait(false);
        return new ExecStream(await _connection.OpenStreamAsync(StreamAddress.Of(access), ExecStream.Protocol, cancellation).ConfigureAwait(false), _connection.Time);
    }
}
