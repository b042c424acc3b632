using System.Formats.Tar;
using System.Text;
using Drover.Agent.Docker.Engine;
using Drover.Testing;

namespace Drover.Agent.Docker.Tests.Engine.Images;

/// <summary>Images on a real engine.</summary>
public sealed class ImageOperationsTests(EngineFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ImageOperations Images => fixture.Engine.Images;

    [Fact]
    public async Task An_image_is_inspected_and_listed()
    {
        var image = await Images.InspectAsync(TestImages.Busybox, Cancellation);
        var listed = await Images.ListAsync(EngineFilters.None.With("reference", TestImages.Busybox), cancellation: Cancellation);

        image.Config!.Cmd.ShouldBe(["sh"]);
        image.Size.ShouldBeGreaterThan(1_000_000);
        image.RepoTags!.ShouldContain(TestImages.Busybox);
        listed.ShouldHaveSingleItem().Id.ShouldBe(image.Id);
        (await FaultAsync(() => Images.InspectAsync("drover/none:1", Cancellation))).ShouldBe(EngineFault.NotFound);
    }

    [Fact]
    public async Task A_load_names_what_it_held()
    {
        var tar = await TestImages.HttpPageAsync("drover/loaded:7", "page");
        await using var quiet = File.OpenRead(tar);
        await using var loud = File.OpenRead(tar);
        var lines = new Lines();

        (await Images.LoadAsync(quiet, cancellation: Cancellation)).ShouldBe(["drover/loaded:7"]);
        (await Images.LoadAsync(loud, lines, Cancellation)).ShouldBe(["drover/loaded:7"]);

        lines.Seen.ShouldNotBeEmpty();
        await Images.RemoveAsync("drover/loaded:7", cancellation: Cancellation);
    }

    [Fact]
    public async Task What_is_no_image_tar_is_refused_within_the_stream()
    {
        await using var tar = Tar(("readme", "no image"));

        var failure = await Should.ThrowAsync<EngineException>(() => Images.LoadAsync(tar, cancellation: Cancellation));

        failure.Fault.ShouldBeOneOf(EngineFault.Failed, EngineFault.NotFound);
        failure.Message.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_import_makes_an_image_of_files()
    {
        await using var tar = Tar(("hello", "world"));

        var id = await Images.ImportAsync(tar, "drover/imported", "3", ["CMD [\"/none\"]", "ENV A=ü"], Cancellation);

        var image = await Images.InspectAsync("drover/imported:3", Cancellation);
        image.Id.ShouldBe(id);
        image.Config!.Cmd.ShouldBe(["/none"]);
        image.Config.Env!.ShouldContain("A=ü");
        await Images.RemoveAsync("drover/imported:3", cancellation: Cancellation);
    }

    [Fact]
    public async Task A_tag_is_added_and_removed_and_the_image_stays()
    {
        await Images.TagAsync(TestImages.Busybox, "localhost:5000/team/app", "v1", Cancellation);

        (await Images.InspectAsync("localhost:5000/team/app:v1", Cancellation)).RepoTags!.ShouldContain(TestImages.Busybox);
        (await Images.RemoveAsync("localhost:5000/team/app:v1", cancellation: Cancellation))
            .ShouldHaveSingleItem().Untagged.ShouldBe("localhost:5000/team/app:v1");

        (await Images.InspectAsync(TestImages.Busybox, Cancellation)).Id.ShouldNotBeEmpty();
        (await FaultAsync(() => Images.TagAsync(TestImages.Busybox, "UPPER", cancellation: Cancellation))).ShouldBe(EngineFault.BadRequest);
    }

    [Fact]
    public async Task An_image_in_use_is_a_conflict()
    {
        await Images.TagAsync(TestImages.Busybox, "drover/used", "1", Cancellation);
        await using var tar = Tar(("x", "y"));
        var id = await Images.ImportAsync(tar, "drover/busy", "1", ["CMD [\"/none\"]"], Cancellation);
        var made = await fixture.Engine.Containers.CreateAsync(new CreateContainerRequest { Image = id }, cancellation: Cancellation);

        (await FaultAsync(() => Images.RemoveAsync("drover/busy:1", cancellation: Cancellation))).ShouldBe(EngineFault.Conflict);

        await fixture.Engine.Containers.RemoveAsync(made.Id, cancellation: Cancellation);
        (await Images.RemoveAsync("drover/busy:1", cancellation: Cancellation)).ShouldContain(item => item.Deleted == id);
        await Images.RemoveAsync("drover/used:1", cancellation: Cancellation);
    }

    [Fact]
    public async Task A_context_is_built_with_arguments_and_labels()
    {
        await using var context = Tar(
            ("sub/Recipe", $"FROM {TestImages.Busybox}\nARG WORD\nCOPY page /page\nRUN echo $WORD >/word\nENV WORD=$WORD\n"), ("page", "p"));
        var lines = new Lines();

        var id = await Images.BuildAsync(
            new BuildImageRequest
            {
                Tags = ["drover/built:1", "drover/built:2"], Dockerfile = "sub/Recipe", NoCache = true, ForceRm = true,
                BuildArgs = new Dictionary<string, string> { ["WORD"] = "späße & more" },
                Labels = new Dictionary<string, string> { ["a"] = "b" },
            },
            context, lines, Cancellation);

        var image = await Images.InspectAsync("drover/built:2", Cancellation);
        image.Id.ShouldBe(id);
        image.Config!.Labels!["a"].ShouldBe("b");
        image.Config.Env!.ShouldContain("WORD=späße & more");
        lines.Seen.ShouldContain(line => line.Stream != null && line.Stream.Contains("Step 3/"));
        await Images.RemoveAsync("drover/built:1", cancellation: Cancellation);
        await Images.RemoveAsync("drover/built:2", cancellation: Cancellation);
    }

    [Fact]
    public async Task A_failing_step_fails_the_build_with_its_words()
    {
        await using var context = Tar(("Dockerfile", $"FROM {TestImages.Busybox}\nRUN exit 9\n"));

        var failure = await Should.ThrowAsync<EngineException>(() => Images.BuildAsync(
            new BuildImageRequest { Tags = ["drover/never:1"] }, context, cancellation: Cancellation));

        failure.Message.ShouldContain("returned a non-zero code: 9");
        (await FaultAsync(() => Images.InspectAsync("drover/never:1", Cancellation))).ShouldBe(EngineFault.NotFound);
    }

    private static MemoryStream Tar(params (string Name, string Text)[] files)
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            foreach (var (name, text) in files)
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        }
        tar.Position = 0;
        return tar;
    }

    private static async Task<EngineFault> FaultAsync(Func<Task> act) => (await Should.ThrowAsync<EngineException>(act)).Fault;

    private sealed class Lines : IProgress<ImageProgress>
    {
        public List<ImageProgress> Seen { get; } = [];

        public void Report(ImageProgress value) => Seen.Add(value);
    }
}
