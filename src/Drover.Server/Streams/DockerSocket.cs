using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Settings;

namespace Drover.Server.Streams;

/// <summary>`dockersocket` of a host: gives a token for the engine's own socket, which is as good as being root on the host.</summary>
internal sealed class DockerSocketAction(StreamTokens tokens) : IKindAction
{
    public string Kind => "host";

    public string Action => "dockersocket";

    public Task<ActionOutcome> RunAsync(ActionCall call, CancellationToken cancel)
    {
        var ticket = new StreamTicket { Purpose = StreamPaths.DockerSocket, Kind = "host", ObjectId = call.Target.Id, HostUuid = Placed.UuidOf((Host)call.Target.Wanted) };
        return Placed.Answer(tokens, call.Call, ticket, StreamPaths.DockerSocket + "/");
    }
}

/// <summary>Takes `dockersocket` away from everybody where the setting is off; open sockets end too.</summary>
internal sealed class DockerSocketSwitch : IActionFilter
{
    public const string Setting = "docker.socket.enabled";

    public string Kind => "host";

    public bool Offers(ApiCall call, Entry entry, string action) => action != "dockersocket" || SettingsTable.IsOn(call.Snapshot, Setting);
}
