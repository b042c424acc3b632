using System.Diagnostics;
using System.Text;
using Drover.Compose.Yaml;

namespace Drover.Compose.Tests.Yaml;

/// <summary>Texts that are made to cost more than they are long.</summary>
public sealed class YamlAttackTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    [Fact]
    public void An_alias_bomb_is_refused_by_its_full_size()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level < 30; level++)
            text.Append($"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 9))}]\n");

        Refused(text.ToString()).Code.ShouldBe(ComposeCodes.MaxLimitExceeded);
    }

    [Fact]
    public void A_bomb_of_merge_keys_is_refused_by_its_full_size()
    {
        var text = new StringBuilder("a0: &a0 {k: v}\n");
        for (var level = 1; level < 40; level++)
            text.Append($"a{level}: &a{level} {{x: *a{level - 1}, y: *a{level - 1}, <<: *a{level - 1}}}\n");

        Refused(text.ToString()).Code.ShouldBe(ComposeCodes.MaxLimitExceeded);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("&a ")]
    [InlineData("!!map {")]
    public void Endless_nesting_is_refused_in_time(string piece)
    {
        var problem = Refused(string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)));

        problem.Code.ShouldBeOneOf(ComposeCodes.MaxLimitExceeded, ComposeCodes.InvalidYaml);
    }

    [Fact]
    public void Depth_is_counted_in_levels()
    {
        var limits = YamlLimits.Default with { Depth = 3 };
        var problems = new List<ComposeProblem>();

        YamlReader.Read("f", "[[[x]]]", problems, limits).ShouldNotBeNull();
        YamlReader.Read("f", "[[[[x]]]]", problems, limits).ShouldBeNull();
        problems.ShouldHaveSingleItem().Message.ShouldContain("3 levels");
    }

    [Fact]
    public void Text_past_the_limit_is_refused_before_it_is_looked_at()
    {
        var problem = Refused(new string('[', YamlLimits.Default.Characters + 1));

        problem.Code.ShouldBe(ComposeCodes.MaxLimitExceeded);
        problem.Line.ShouldBe(0);
    }

    [Theory]
    [InlineData("a: 1\nb: x\0y\n", 2, "U+0000", "column 5")]
    [InlineData("a: \u0007\n", 1, "U+0007", "column 4")]
    [InlineData("a: \u001b[31m\n", 1, "U+001B", "column 4")]
    [InlineData("\n\n\u007f", 3, "U+007F", "column 1")]
    [InlineData("a: \u009f\n", 1, "U+009F", "column 4")]
    [InlineData("a: \ufffe\n", 1, "U+FFFE", "column 4")]
    public void A_control_character_is_refused_with_line_and_column(string text, int line, string character, string column)
    {
        var problem = Refused(text);
        problem.Code.ShouldBe(ComposeCodes.InvalidCharacters);
        problem.Line.ShouldBe(line);
        problem.Message.ShouldContain(character);
        problem.Message.ShouldContain(column);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused_and_a_whole_one_is_not()
    {
        var whole = "a: \U0001F404\n";
        Refused(whole.Remove(4, 1)).Code.ShouldBe(ComposeCodes.InvalidCharacters);
        var problems = new List<ComposeProblem>();
        YamlReader.Read("f", whole, problems).ShouldNotBeNull();
        problems.ShouldBeEmpty();
    }

    [Fact]
    public void Many_doubled_keys_are_listed_up_to_a_limit_and_in_time()
    {
        var text = new StringBuilder();
        for (var index = 0; index < 100_000; index++)
            text.Append($"k{index}: 1\n");
        for (var index = 0; index < 100_000; index++)
            text.Append($"k{index}: 2\n");
        var problems = new List<ComposeProblem>();
        var watch = Stopwatch.StartNew();

        YamlReader.Read("f", text.ToString(), problems).ShouldBeNull();

        problems.Count.ShouldBeLessThanOrEqualTo(101);
        problems[^1].Code.ShouldBe(ComposeCodes.TooManyProblems);
        watch.Elapsed.ShouldBeLessThan(Deadline);
    }

    [Fact]
    public void A_large_plain_file_is_read_in_time()
    {
        var text = new StringBuilder("all:\n");
        for (var index = 0; index < 400_000; index++)
            text.Append("- some text\n");
        var problems = new List<ComposeProblem>();
        var watch = Stopwatch.StartNew();

        YamlReader.Read("f", text.ToString(), problems).ShouldNotBeNull().Size.ShouldBe(400_003);

        problems.ShouldBeEmpty();
        watch.Elapsed.ShouldBeLessThan(Deadline);
    }

    private static ComposeProblem Refused(string text)
    {
        var problems = new List<ComposeProblem>();
        var watch = Stopwatch.StartNew();
        YamlReader.Read("f.yml", text, problems).ShouldBeNull();
        watch.Elapsed.ShouldBeLessThan(Deadline);
        return problems.ShouldHaveSingleItem();
    }
}
