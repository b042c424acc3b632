using Drover.Compose.Interpolation;
using FsCheck;
using FsCheck.Fluent;

namespace Drover.Compose.Tests.Interpolation;

public sealed class AnswersFileTests
{
    [Fact]
    public void Lines_comments_and_quoted_values_over_several_lines_are_read()
    {
        var answers = Read("""
            # the port
            PORT=8080

              INDENTED=kept
            WITH_EQUALS=a=b
            SPACES= a b 
            NOTHING=
            ALONE
            HASH=a # b
            plugins='git
            # not a comment
            it's in the middle

            swarm
            '
            DOUBLE="one line"
            QUOTED='done'
            LATER="two
            lines"
            ESCAPED='it'\''s'
            """);

        answers.ShouldBe(new Dictionary<string, string>
        {
            ["PORT"] = "8080",
            ["INDENTED"] = "kept",
            ["WITH_EQUALS"] = "a=b",
            ["SPACES"] = " a b ",
            ["NOTHING"] = "",
            ["ALONE"] = "",
            ["HASH"] = "a # b",
            ["plugins"] = "git\n# not a comment\nit's in the middle\n\nswarm\n",
            ["DOUBLE"] = "one line",
            ["QUOTED"] = "done",
            ["LATER"] = "two\nlines",
            ["ESCAPED"] = "it's",
        }, ignoreOrder: true);
    }

    [Fact]
    public void The_last_answer_to_a_key_counts() => Read("A=1\nA=2\n")["A"].ShouldBe("2");

    [Fact]
    public void Line_ends_of_Windows_are_no_part_of_values() =>
        Read("\uFEFFA=1\r\nB='two\r\nlines'\r\nC=3\r\n").ShouldBe(new Dictionary<string, string> { ["A"] = "1", ["B"] = "two\nlines", ["C"] = "3" }, ignoreOrder: true);

    [Theory]
    [InlineData("A=1\nwhat is this\nB=2\n", 2)]
    [InlineData("=1\n", 1)]
    [InlineData("1A=1\n", 1)]
    [InlineData("A=1\n\nB='open\nC=2\n", 3)]
    [InlineData("A=x\0y\n", 1)]
    public void A_line_that_cannot_be_read_is_a_problem_with_its_number(string text, int line)
    {
        var problems = new List<ComposeProblem>();
        AnswersFile.Read("answers.txt", text, problems);
        var problem = problems.ShouldHaveSingleItem();
        problem.File.ShouldBe("answers.txt");
        problem.Line.ShouldBe(line);
    }

    [Fact]
    public void Lines_around_a_bad_one_are_still_read()
    {
        var answers = AnswersFile.Read("answers.txt", "A=1\nbad line\nB=2\n", []);
        answers.Keys.ShouldBe(["A", "B"], ignoreOrder: true);
    }

    [Fact]
    public void Written_answers_read_back_as_the_same_answers() =>
        Prop.ForAll(Answers().ToArbitrary(), answers =>
        {
            var problems = new List<ComposeProblem>();
            var again = AnswersFile.Read("answers.txt", AnswersFile.Write(answers), problems);
            return problems.Count == 0 && again.Count == answers.Count && answers.All(answer => again[answer.Key] == answer.Value);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static Gen<Dictionary<string, string>> Answers()
    {
        var pieces = Gen.Elements("a", "'", "''", "'\\''", "\\", "\"", "\n", "\n\n", " ", "#", "=", "$", "KEY=VALUE", "\nB=2\n", "\t", "\u00e9", "\u2028");
        var value = Gen.Choose(0, 7).SelectMany(count => pieces.ArrayOf(count)).Select(string.Concat);
        var key = Gen.Elements("A", "b", "_c", "D.e", "F-g", "H1");
        return Gen.Choose(0, 4).SelectMany(count => key.Zip(value).ArrayOf(count)).Select(pairs => pairs.DistinctBy(pair => pair.Item1).ToDictionary(pair => pair.Item1, pair => pair.Item2));
    }

    private static IReadOnlyDictionary<string, string> Read(string text)
    {
        var problems = new List<ComposeProblem>();
        var answers = AnswersFile.Read("answers.txt", text.ReplaceLineEndings("\n"), problems);
        if (text.Contains('\r', StringComparison.Ordinal))
            answers = AnswersFile.Read("answers.txt", text, problems);
        problems.ShouldBeEmpty();
        return answers;
    }
}
