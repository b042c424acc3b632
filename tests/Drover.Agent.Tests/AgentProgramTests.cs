using Drover.Agent.State;
using Drover.Agent.Tests.Harness;
using Drover.Protocol;
using Drover.Simulator.Hosts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Drover.Agent.Tests;

/// <summary>The agent as a process runs it: a real server, real sockets, a real folder, an engine that is not there.</summary>
public sealed class AgentProgramTests : TempFolder
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly FakeRuntime _runtime = new(new FakeBehaviour(), TimeProvider.System, "machine");
    private readonly TestLog _log = new();

    private string Data => Path.Combine(Folder, "agent");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_joins_once_and_comes_back_without_a_token_as_the_same_host()
    {
        await using var server = await new JoinedServer().StartAsync();
        string host;
        await using (Run(server, await server.TokenAsync()))
        {
            host = await server.HostAsync();
        }

        await using (Run(server, token: null))
        {
            await server.RunAsync("web");
            (await server.HostAsync()).ShouldBe(host);
        }

        _runtime.Containers.ShouldHaveSingleItem().State.ShouldBe(SeenState.Running);
        _log.Lines.ShouldAllBe(line => !line.Contains(new IdentityFile(Data, NullLogger.Instance).Load()!.Keys!.SecretKey));
    }

    [Fact]
    public async Task It_goes_on_while_the_server_restarts_and_touches_nothing_healthy()
    {
        await using var server = await new JoinedServer(Path.Combine(Folder, "server")).StartAsync();
        await using var agent = Run(server, await server.TokenAsync());
        await server.HostAsync();
        var web = await server.RunAsync("web");
        var before = _runtime.Containers;

        await server.StopAsync();
        await server.StartAsync();
        await server.HostAsync();
        await server.RunAsync("api");
        await server.StateAsync(web, "running");

        _runtime.Containers.Where(container => container.Uuid == before[0].Uuid).ShouldBe(before);
    }

    [Fact]
    public async Task A_wrong_token_ends_it_with_a_reason()
    {
        await using var server = await new JoinedServer().StartAsync();

        (await Run(server, "wrong:1:token").Exit.WaitAsync(Limit, Cancel)).ShouldBe(AgentExit.Refused);

        _log.Errors.ShouldHaveSingleItem().ShouldContain("The registration token is wrong");
        _log.Lines.ShouldAllBe(line => !line.Contains("wrong:1:token"));
    }

    [Fact]
    public async Task Without_a_token_a_host_that_never_joined_cannot_start()
    {
        await using var server = await new JoinedServer().StartAsync();

        (await Run(server, token: null).Exit.WaitAsync(Limit, Cancel)).ShouldBe(AgentExit.Unusable);

        _log.Errors.ShouldHaveSingleItem().ShouldContain("give the registration token");
    }

    [Fact]
    public async Task Two_agents_cannot_work_with_one_folder()
    {
        await using var server = await new JoinedServer().StartAsync();
        await using var agent = Run(server, await server.TokenAsync());
        await server.HostAsync();

        (await Run(server, token: null).Exit.WaitAsync(Limit, Cancel)).ShouldBe(AgentExit.Unusable);

        _log.Errors.ShouldHaveSingleItem().ShouldContain("Another agent works with");
    }

    [Fact]
    public async Task A_host_of_one_environment_is_not_taken_by_another()
    {
        await using var server = await new JoinedServer().StartAsync();
        await using (Run(server, await server.TokenAsync())) await server.HostAsync();
        ForgetKeys();

        (await Run(server, await server.TokenAsync("Other")).Exit.WaitAsync(Limit, Cancel)).ShouldBe(AgentExit.Refused);

        _log.Errors.ShouldHaveSingleItem().ShouldContain("another environment");
    }

    [Fact]
    public async Task A_host_that_was_removed_keeps_its_agent_and_its_containers()
    {
        await using var server = await new JoinedServer().StartAsync();
        var agent = Run(server, await server.TokenAsync());
        var host = await server.HostAsync();
        await server.RunAsync("web");
        await agent.DisposeAsync();
        await server.Environment.Hosts.ActAsync(host, "deactivate", cancellation: Cancel);
        await server.HostAsync(host, "inactive");
        await server.Environment.Hosts.DeleteAsync(host, Cancel);
        await server.HostAsync(host, "removed");

        await using var again = Run(server, token: null);
        await _log.SaysAsync("go on without the server", Limit);

        again.Exit.IsCompleted.ShouldBeFalse();
        _runtime.Containers.ShouldHaveSingleItem().State.ShouldBe(SeenState.Running);
    }

    [Fact]
    public async Task A_host_whose_keys_and_token_are_both_refused_goes_on_alone()
    {
        await using var server = await new JoinedServer().StartAsync();
        await using (Run(server, await server.TokenAsync()))
        {
            await server.HostAsync();
            await server.RunAsync("web");
        }

        SpoilKeys();
        await using var again = Run(server, "wrong:1:token");
        await _log.SaysAsync("The host goes on with what it was told last", Limit);
        await _log.SaysAsync("go on without the server", Limit);

        again.Exit.IsCompleted.ShouldBeFalse();
        _runtime.Containers.ShouldHaveSingleItem().State.ShouldBe(SeenState.Running);
    }

    [Fact]
    public async Task Keys_that_are_no_good_any_more_are_replaced_where_there_is_a_token()
    {
        await using var server = await new JoinedServer().StartAsync();
        await using (Run(server, await server.TokenAsync())) await server.HostAsync();
        var file = new IdentityFile(Data, NullLogger.Instance);
        var identity = SpoilKeys();

        await using var agent = Run(server, await server.TokenAsync());
        await server.HostAsync();
        await server.RunAsync("web");

        file.Load()!.Uuid.ShouldBe(identity.Uuid);
        file.Load()!.Keys!.AccessKey.ShouldNotBe("gone");
    }

    [Fact]
    public async Task It_waits_for_a_server_that_is_not_up_yet()
    {
        await using var server = await new JoinedServer(Path.Combine(Folder, "server")).StartAsync();
        var token = await server.TokenAsync();
        await server.StopAsync();
        await using var agent = Run(server, token);
        await _log.SaysAsync("cannot be reached", Limit);

        await server.StartAsync();

        await server.HostAsync();
    }

    private Running Run(JoinedServer server, string? token)
    {
        var options = new AgentOptions { Url = server.Url, Token = token, DataFolder = Data, Labels = new([KeyValuePair.Create("zone", "a")]) };
        var around = new AgentSurroundings { Time = TimeProvider.System, Jitter = new Random(1), NewUuid = () => Guid.NewGuid().ToString(), Loggers = _log };
        var stop = new CancellationTokenSource();
        return new Running(AgentProgram.RunAsync(options, _runtime, around, stop.Token), stop);
    }

    private HostIdentity SpoilKeys()
    {
        var file = new IdentityFile(Data, NullLogger.Instance);
        var identity = file.Load()!;
        file.Save(identity with { Keys = new Registered(identity.Keys!.HostId, "gone", "gone") });
        return identity;
    }

    private void ForgetKeys()
    {
        var file = new IdentityFile(Data, NullLogger.Instance);
        file.Save(new HostIdentity(file.Load()!.Uuid));
    }

    private sealed record Running(Task<int> Exit, CancellationTokenSource Stop) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Stop.CancelAsync();
            (await Exit.WaitAsync(Limit)).ShouldBe(AgentExit.Stopped);
            Stop.Dispose();
        }
    }
}
