using Drover.Agent.Docker.Engine;

namespace Drover.Agent.Docker.Tests.Engine.Daemon;

/// <summary>The engine's own account of itself.</summary>
public sealed class SystemOperationsTests(EngineFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ping_version_and_info_agree_with_the_command_line()
    {
        var ping = await fixture.Engine.System.PingAsync(Cancellation);
        var version = await fixture.Engine.System.VersionAsync(Cancellation);
        var engine = await fixture.Engine.System.InfoAsync(Cancellation);

        ping.OSType.ShouldBe("linux");
        ping.Offered.ToString().ShouldBe(version.ApiVersion);
        ping.Agreed.ShouldBeLessThanOrEqualTo(EngineVersion.Newest);
        (await fixture.Host.ExecAsync("docker", "version", "-f", "{{.Server.Version}}")).Trim().ShouldBe(version.Version);
        engine.Name.ShouldBe(fixture.Host.Name);
        engine.Driver.ShouldBe("overlay2");
        engine.NCPU.ShouldBe(Environment.ProcessorCount);
        engine.MemTotal.ShouldBeGreaterThan(100_000_000);
        engine.CgroupVersion.ShouldBeOneOf("1", "2");
        engine.Plugins!.Volume!.ShouldContain("local");
        engine.ID.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task The_engine_is_unreachable_while_down_and_itself_again_after_a_restart()
    {
        var host = await fixture.Lab.AddHostAsync(Cancellation);
        using var engine = new EngineClient(host.SocketPath, TimeProvider.System);
        var before = await engine.System.InfoAsync(Cancellation);

        await host.StopEngineAsync(Cancellation);
        var whileDown = await Should.ThrowAsync<EngineException>(() => engine.System.InfoAsync(Cancellation));
        await host.StartEngineAsync(Cancellation);
        var after = await engine.System.InfoAsync(Cancellation);
        await host.KillEngineAsync(Cancellation);
        var whileDead = await Should.ThrowAsync<EngineException>(() => engine.Containers.ListAsync(cancellation: Cancellation));

        whileDown.Fault.ShouldBe(EngineFault.Unreachable);
        whileDead.Fault.ShouldBe(EngineFault.Unreachable);
        after.ID.ShouldBe(before.ID);
    }
}
