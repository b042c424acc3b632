namespace Drover.Compose.Tests;

/// <summary>The stacks of the folder playground, with their questions' defaults.</summary>
public sealed class PlaygroundTests
{
    public static TheoryData<string> Stacks =>
        [.. Directory.GetDirectories(Folder()).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Stacks))]
    public void A_stack_of_the_playground_becomes_a_model_without_a_warning(string name)
    {
        string Read(string file) => File.ReadAllText(Path.Combine(Folder(), name, file));

        var result = ComposeReader.Read(ComposeFiles.Of(Read(ComposeFiles.DockerName), Read(ComposeFiles.RancherName)), new Dictionary<string, string>());

        result.Problems.ShouldBeEmpty();
        result.Warnings.ShouldBeEmpty();
        RoundTripTests.Survives(result.Model.ShouldNotBeNull());
    }

    [Fact]
    public void The_playground_says_of_each_stack_what_to_look_at()
    {
        var said = File.ReadAllText(Path.Combine(Folder(), "README.md"));
        foreach (var row in Stacks) said.ShouldContain($"| [{row.Data}]({row.Data}) | ");
    }

    private static string Folder() => Path.GetFullPath(Path.Combine(GoldenTests.Folder(), "../../../../playground"));
}
