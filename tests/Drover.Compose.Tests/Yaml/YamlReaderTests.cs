using Drover.Compose.Yaml;

namespace Drover.Compose.Tests.Yaml;

public sealed class YamlReaderTests
{
    [Fact]
    public void Every_node_knows_its_file_line_and_column()
    {
        var root = Map("a:\n  - one\n  - {b: two}\n");

        var list = root.Find("a").ShouldBeOfType<YamlList>();
        list.Place.ShouldBe(new Place("f.yml", 2, 3));
        list.Items[0].Place.ShouldBe(new Place("f.yml", 2, 5));
        var inner = list.Items[1].ShouldBeOfType<YamlMap>();
        inner.Place.ShouldBe(new Place("f.yml", 3, 5));
        inner.Entries[0].KeyPlace.ShouldBe(new Place("f.yml", 3, 6));
        inner.Entries[0].Value.Place.ShouldBe(new Place("f.yml", 3, 9));
    }

    [Theory]
    [InlineData("null", ScalarKind.Null)]
    [InlineData("~", ScalarKind.Null)]
    [InlineData("", ScalarKind.Null)]
    [InlineData("true", ScalarKind.Boolean)]
    [InlineData("No", ScalarKind.Boolean)]
    [InlineData("off", ScalarKind.Boolean)]
    [InlineData("y", ScalarKind.Text)]
    [InlineData("0", ScalarKind.Integer)]
    [InlineData("-17", ScalarKind.Integer)]
    [InlineData("+5", ScalarKind.Integer)]
    [InlineData("--5", ScalarKind.Text)]
    [InlineData("0644", ScalarKind.Text)]
    [InlineData("99999999999999999999", ScalarKind.Float)]
    [InlineData("1.5", ScalarKind.Float)]
    [InlineData("1e3", ScalarKind.Float)]
    [InlineData("1.", ScalarKind.Text)]
    [InlineData("1e999", ScalarKind.Text)]
    [InlineData(".inf", ScalarKind.Text)]
    [InlineData("22:22", ScalarKind.Text)]
    [InlineData("2020-01-01", ScalarKind.Text)]
    [InlineData("plain", ScalarKind.Text)]
    public void A_scalar_without_quotes_means_what_it_looks_like(string text, ScalarKind kind) =>
        Map($"a: {text}\n").Find("a").ShouldBeOfType<YamlScalar>().Kind.ShouldBe(kind);

    [Theory]
    [InlineData("'true'")]
    [InlineData("\"5\"")]
    [InlineData("!!str 5")]
    [InlineData("|\n  5\n")]
    public void A_scalar_in_quotes_or_marked_as_text_is_text(string written) =>
        Map($"a: {written}\n").Find("a").ShouldBeOfType<YamlScalar>().Kind.ShouldBe(ScalarKind.Text);

    [Fact]
    public void Keys_are_text_whatever_they_look_like() =>
        Map("80: a\ntrue: b\n~: c\n").Entries.Select(entry => entry.Key).ShouldBe(["80", "true", "~"]);

    [Fact]
    public void An_alias_is_the_node_of_its_anchor_and_the_last_anchor_of_a_name_counts()
    {
        var root = Map("a: &x {k: 1}\nb: *x\nc: &x {k: 2}\nd: *x\n");

        root.Find("b").ShouldBeSameAs(root.Find("a"));
        root.Find("d").ShouldBeSameAs(root.Find("c"));
        root.Size.ShouldBe(1 + (4 * 4));
    }

    [Fact]
    public void A_merge_key_brings_in_what_the_map_does_not_have_itself()
    {
        var root = Map("base: &base {a: 1, b: 2}\nother: &other {b: 3, c: 4}\nall: {<<: [*base, *other], c: 5}\n");

        var all = root.Find("all").ShouldBeOfType<YamlMap>();
        all.Entries.Select(entry => (entry.Key, ((YamlScalar)entry.Value).Text)).ShouldBe([("c", "5"), ("a", "1"), ("b", "2")]);
    }

    [Fact]
    public void A_quoted_merge_key_is_a_key() => Map("a: {'<<': text}\n").Find("a").ShouldBeOfType<YamlMap>().Find("<<").ShouldNotBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n...\n")]
    [InlineData("null\n")]
    [InlineData("\uFEFF")]
    public void A_text_without_content_has_no_root_and_no_problem(string text)
    {
        var problems = new List<ComposeProblem>();
        YamlReader.Read("f.yml", text, problems).ShouldBeNull();
        problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_byte_order_mark_is_left_out() => Map("\uFEFFa: 1\n").Entries[0].Key.ShouldBe("a");

    [Fact]
    public void A_key_that_says_the_same_twice_is_let_pass_and_one_that_does_not_is_a_problem_with_its_line()
    {
        Map("a: 1\nb: 2\na: 1\n").Entries.Count.ShouldBe(2);

        Problems("a: 1\na: '1'\nb: {}\nb: {}\n").Select(problem => (problem.Line, problem.Code, problem.Key))
            .ShouldBe([(2, ComposeCodes.NotUnique, "a"), (4, ComposeCodes.NotUnique, "b")]);
    }

    [Fact]
    public void Where_the_parser_loses_its_way_a_person_is_told_what_to_look_at()
    {
        var problem = Problems("a: [1\nb: }\n").ShouldHaveSingleItem();
        problem.Code.ShouldBe(ComposeCodes.InvalidYaml);
        problem.Message.ShouldBe("is not YAML: brackets, quotes or indentation do not fit together here");
    }

    [Theory]
    [InlineData("a: [1\nb: 2\n", ComposeCodes.InvalidYaml)]
    [InlineData("a: 1\n b: 2\n", ComposeCodes.InvalidYaml)]
    [InlineData("a: \"open\n", ComposeCodes.InvalidYaml)]
    [InlineData("a: @b\n", ComposeCodes.InvalidYaml)]
    [InlineData("a: 1\n---\nb: 2\n", ComposeCodes.InvalidYaml)]
    [InlineData("a: *nobody\n", ComposeCodes.InvalidReference)]
    [InlineData("a: &a [*a]\n", ComposeCodes.InvalidReference)]
    [InlineData("{[a, b]: c}\n", ComposeCodes.InvalidType)]
    [InlineData("a: !!binary aGk=\n", ComposeCodes.InvalidType)]
    [InlineData("a: !custom {b: c}\n", ComposeCodes.InvalidType)]
    [InlineData("<<: text\n", ComposeCodes.InvalidType)]
    [InlineData("<<: [{a: 1}, text]\n", ComposeCodes.InvalidType)]
    [InlineData("\"a\\tb\": 1\n", ComposeCodes.InvalidCharacters)]
    [InlineData("a: \"nul \\0 inside\"\n", ComposeCodes.InvalidCharacters)]
    public void What_is_not_good_YAML_is_one_problem_and_no_node(string text, string code)
    {
        var problems = new List<ComposeProblem>();
        YamlReader.Read("f.yml", text, problems).ShouldBeNull();
        var problem = problems.ShouldHaveSingleItem();
        problem.Code.ShouldBe(code);
        problem.File.ShouldBe("f.yml");
        problem.Line.ShouldBeGreaterThan(0);
    }

    private static YamlMap Map(string text)
    {
        var problems = new List<ComposeProblem>();
        var root = YamlReader.Read("f.yml", text, problems);
        problems.ShouldBeEmpty();
        return root.ShouldBeOfType<YamlMap>();
    }

    private static List<ComposeProblem> Problems(string text)
    {
        var problems = new List<ComposeProblem>();
        YamlReader.Read("f.yml", text, problems);
        return problems;
    }
}
