using Drover.Agent.Docker.Engine;
using Drover.Testing;

namespace Drover.Agent.Docker.Tests.Engine.Images;

/// <summary>Pulls from a private registry.</summary>
public sealed class ImagePullTests(EngineFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ImageOperations Images => fixture.Engine.Images;

    [Fact]
    public async Task A_private_image_is_pulled_with_the_right_credential_alone()
    {
        await using var registry = await fixture.Lab.StartRegistryAsync("alice", "s3cret>>?", cancellation: Cancellation);
        var name = await registry.PushAsync(fixture.Host, TestImages.Busybox, "team/app:1");
        await Images.RemoveAsync(name, cancellation: Cancellation);
        var right = new RegistryAuth { Username = "alice", Password = "s3cret>>?", ServerAddress = registry.Address };
        var seen = new List<string?>();

        (await FaultAsync(name, null)).ShouldBe(EngineFault.Unauthorized);
        (await FaultAsync(name, right with { Password = "wrong" })).ShouldBe(EngineFault.Unauthorized);
        (await FaultAsync($"{registry.Address}/team/none:1", right)).ShouldBe(EngineFault.NotFound);
        (await FaultAsync($"{registry.Address}/team/app:none", right)).ShouldBe(EngineFault.NotFound);
        (await FaultAsync($"{registry.Address}/BAD", right)).ShouldBe(EngineFault.BadRequest);
        await Images.PullAsync(name, right, new Lines(seen), cancellation: Cancellation);

        var image = await Images.InspectAsync(name, Cancellation);
        seen.ShouldContain(status => status != null && status.StartsWith("Status: "));
        await Images.PullAsync(image.RepoDigests!.First(digest => digest.StartsWith(registry.Address)), right, cancellation: Cancellation);
        await Images.RemoveAsync(name, cancellation: Cancellation);
    }

    [Fact]
    public async Task A_registry_that_does_not_answer_fails_the_pull()
    {
        var failure = await Should.ThrowAsync<EngineException>(() => Images.PullAsync("10.201.0.1:5999/none:1", cancellation: Cancellation));

        failure.Fault.ShouldBe(EngineFault.Failed);
        failure.Message.ShouldContain("connection refused");
        failure.IsConnectionLost.ShouldBeFalse();
    }

    private async Task<EngineFault> FaultAsync(string name, RegistryAuth? auth) =>
        (await Should.ThrowAsync<EngineException>(() => Images.PullAsync(name, auth, cancellation: Cancellation))).Fault;

    private sealed class Lines(List<string?> seen) : IProgress<ImageProgress>
    {
        public void Report(ImageProgress value) => seen.Add(value.Status);
    }
}
