using System.CommandLine;
using System.Globalization;
using Drover.Cli.Output;
using Drover.Client.Resources;
using Drover.Model.Credentials;

namespace Drover.Cli.Verbs;

/// <summary>`drover hosts`: the machines, and how one more joins.</summary>
internal sealed class HostsVerb
{
    private static readonly string[] Columns = ["ID", "HOST", "STATE", "ADDRESS", "CONTAINERS", "DETAIL"];

    /// <summary>Part of the command where the server hands out the agent's image.</summary>
    private const string Downloads = "/v1/agent/download/";

    public static Command Create(CliContext context)
    {
        var hosts = new HostsVerb();
        var add = Verb.Create(context, "add", "Print the command that makes a machine a host of the environment").Run(AddAsync);
        return Verb.Create(context, "hosts", "List hosts", add).Run(hosts.ListAsync);
    }

    private async Task<int> ListAsync(VerbCall call, CancellationToken cancellation)
    {
        var hosts = await call.Environment.Hosts.ListAsync([("removed_null", "1")], cancellation).ToListAsync(cancellation);
        var now = call.Context.Time.GetUtcNow();
        if (call.WantsJson) call.WriteJson(hosts.Select(host => host.Json));
        else
            TextTable.Write(call.Out, Columns, [.. hosts.Select(host => (string?[])
            [
                host.Id,
                host.Text("hostname") ?? host.Name,
                host.Text("agentState") is { } agent && host.State == "active" ? agent : host.State,
                host.Text("agentIpAddress"),
                host.Ids("instanceIds").Count.ToString(CultureInfo.InvariantCulture),
                Reasons.Of(host, now),
            ])]);
        return ExitCode.Done;
    }

    private static async Task<int> AddAsync(VerbCall call, CancellationToken cancellation)
    {
        var token = await TokenAsync(call, cancellation);
        if (call.WantsJson) call.WriteJson(token.Json);
        else
        {
            var command = token.Text("command")!;
            call.Out.WriteLine(command);
            await call.Error.WriteLineAsync("Run this on the new host as root. It needs Docker and must reach the server; the server must listen on an address that others reach.");
            if (!command.Contains(Downloads, StringComparison.Ordinal))
                await call.Error.WriteLineAsync("This server does not hand out the agent's image: the new host must have it already or reach a registry that does. Without one, run quickstart.sh, or images/build.sh and the server with --downloads.");
            if (command.Contains("//127.0.0.1", StringComparison.Ordinal) || command.Contains("//localhost", StringComparison.Ordinal))
                await call.Error.WriteLineAsync("The command names this machine's loopback: set the setting api.host to the address that others reach, or ask with --url of that address.");
        }

        return ExitCode.Done;
    }

    private static async Task<ApiResource<RegistrationToken>> TokenAsync(VerbCall call, CancellationToken cancellation)
    {
        await foreach (var there in call.Environment.RegistrationTokens.ListAsync([("state", "active")], cancellation))
            if (there.Text("command") is not null)
                return there;
        var made = await call.Environment.RegistrationTokens.CreateAsync(new RegistrationToken(), cancellation);
        return await call.Environment.RegistrationTokens.WaitUntilAsync(made.Id, token => token.Text("command") is not null, TimeSpan.FromSeconds(30), cancellation);
    }
}
