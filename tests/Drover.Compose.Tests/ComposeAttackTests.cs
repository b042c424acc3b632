using System.Diagnostics;
using System.Text;
using Drover.Compose.Files;

namespace Drover.Compose.Tests;

/// <summary>Files that are good YAML and still too much.</summary>
public sealed class ComposeAttackTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("", "{0}: {image: nginx}\n")]
    [InlineData("version: '2'\nservices:\n", "  {0}: {image: nginx}\n")]
    public void Ten_thousand_services_are_one_clear_problem(string top, string line)
    {
        var problem = Problems(Lines(top, line, 10_000)).ShouldHaveSingleItem();
        problem.Code.ShouldBe(ComposeCodes.MaxLimitExceeded);
        problem.Message.ShouldContain("10000 services");
        problem.Message.ShouldContain($"{ComposeFile.MostServices}");
    }

    [Fact]
    public void As_many_services_as_are_allowed_that_all_link_to_each_other_are_read_in_time()
    {
        var links = string.Join(", ", Enumerable.Range(0, 400).Select(index => $"s{index}"));
        var text = new StringBuilder($"version: '2'\nx-all: &all [{links}]\nservices:\n");
        for (var index = 0; index < ComposeFile.MostServices; index++)
            text.Append($"  s{index}: {{image: nginx, links: *all}}\n");

        var model = InTime(text.ToString()).Model.ShouldNotBeNull();

        model.Services.Count.ShouldBe(ComposeFile.MostServices);
    }

    [Fact]
    public void A_hundred_thousand_unknown_keys_are_a_hundred_problems_in_time()
    {
        var problems = Problems(Lines("web:\n  image: nginx\n", "  unknown_{0}: 1\n", 100_000));

        problems.Count.ShouldBe(Findings.Most);
        problems[^1].Code.ShouldBe(ComposeCodes.TooManyProblems);
    }

    [Theory]
    [InlineData("web:\n  image: nginx\n  ports:\n", "  - 1-1000\n", ComposeCodes.MaxLimitExceeded)]
    [InlineData("web:\n  image: nginx\n  links:\n", "  - \"db:a{0}\"\n", ComposeCodes.InvalidReference)]
    [InlineData("lb:\n  image: rancher/load-balancer-service\n  ports: [1-1000]\n  external_links:\n", "  - \"a/b:a{0}\"\n", ComposeCodes.MaxLimitExceeded)]
    [InlineData("version: '2'\nservices: {web: {image: nginx}}\nvolumes:\n", "  v{0}: {external: {name: same}}\n", ComposeCodes.NotUnique)]
    public void Eighty_thousand_of_anything_else_are_answered_in_time(string top, string line, string code) =>
        Problems(Lines(top, line, 80_000))[0].Code.ShouldBe(code);

    [Fact]
    public void A_variable_that_is_used_very_often_cannot_make_the_file_grow_without_end()
    {
        var text = Lines("web:\n  image: nginx\n  environment:\n", "    A{0}: $BIG\n", 10_000);
        var result = InTime(text, new Dictionary<string, string> { ["BIG"] = new string('x', 1_000_000) });

        result.Model.ShouldBeNull();
        result.Problems.ShouldHaveSingleItem().Code.ShouldBe(ComposeCodes.MaxLimitExceeded);
    }

    [Fact]
    public void A_variable_that_brings_in_a_NUL_is_a_problem() =>
        InTime("web: {image: nginx, command: $A}", new Dictionary<string, string> { ["A"] = "a\0b" }).Problems.ShouldHaveSingleItem().Code.ShouldBe(ComposeCodes.InvalidCharacters);

    [Theory]
    [InlineData("w\u0001eb: {image: nginx}")]
    [InlineData("\"w\\u0007eb\": {image: nginx}")]
    [InlineData("\"web\\0\": {image: nginx}")]
    public void Control_characters_in_names_are_a_problem(string text) => Problems(text)[0].Code.ShouldBe(ComposeCodes.InvalidCharacters);

    [Theory]
    [InlineData("just text")]
    [InlineData("[a, b]")]
    [InlineData("5")]
    public void A_file_that_is_no_map_is_a_problem(string text) => Problems(text).ShouldHaveSingleItem().Code.ShouldBe(ComposeCodes.InvalidType);

    [Fact]
    public void No_files_are_an_empty_model() =>
        ComposeReader.Read(ComposeFiles.Of(null, ""), new Dictionary<string, string>()).Model.ShouldNotBeNull().Services.ShouldBeEmpty();

    [Fact]
    public void A_large_good_file_is_read_and_written_in_time()
    {
        var text = new StringBuilder("version: '2'\nservices:\n");
        for (var index = 0; index < ComposeFile.MostServices; index++)
        {
            text.Append($"  s{index}:\n    image: nginx\n    ports: [\"{1000 + index}:80\"]\n    environment:\n");
            for (var variable = 0; variable < 50; variable++)
                text.Append($"      KEY_{variable}: value number {variable}\n");
        }

        var watch = Stopwatch.StartNew();
        var model = InTime(text.ToString()).Model.ShouldNotBeNull();
        ComposeWriter.Write(model.Services, model.VolumeTemplates).DockerCompose.ShouldContain("s999:");
        watch.Elapsed.ShouldBeLessThan(Deadline);
    }

    private static IReadOnlyList<ComposeProblem> Problems(string text)
    {
        var result = InTime(text);
        result.Model.ShouldBeNull();
        return result.Problems;
    }

    private static ComposeResult InTime(string text, Dictionary<string, string>? answers = null)
    {
        var watch = Stopwatch.StartNew();
        var result = ComposeReader.Read(ComposeFiles.Of(text), answers ?? []);
        watch.Elapsed.ShouldBeLessThan(Deadline);
        return result;
    }

    private static string Lines(string top, string line, int count)
    {
        var text = new StringBuilder(top);
        for (var index = 0; index < count; index++)
            text.Append(line.Replace("{0}", $"s{index}", StringComparison.Ordinal));
        return text.ToString();
    }
}
