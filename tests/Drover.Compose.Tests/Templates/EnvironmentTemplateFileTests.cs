using System.Text.Json.Nodes;
using Drover.Compose.Templates;

namespace Drover.Compose.Tests.Templates;

public sealed class EnvironmentTemplateFileTests
{
    /// <summary>As 1.6's CLI writes it.</summary>
    private const string Exported = """
        description: for a shop
        name: shop
        stacks:
        - answers:
            PORT: 8080
          name: scheduler
          template_id: library:infra*scheduler
          template_version_id: library:infra*scheduler:0
        - name: plain
        """;

    [Fact]
    public void A_file_that_1_6_exported_is_a_template_of_the_api()
    {
        var problems = new List<ComposeProblem>();

        var template = EnvironmentTemplateFile.Read("shop.yml", Exported, problems)!;

        problems.ShouldBeEmpty();
        template.ToJsonString().ShouldBe("""{"description":"for a shop","name":"shop","stacks":[{"answers":{"PORT":"8080"},"name":"scheduler","templateId":"library:infra*scheduler","templateVersionId":"library:infra*scheduler:0"},{"name":"plain"}]}""");
    }

    [Fact]
    public void What_is_written_is_read_as_the_same_and_holds_nothing_else_of_the_answer()
    {
        var shown = JsonNode.Parse("""{"id":"1pt1","state":"active","name":"shop","isPublic":true,"description":null,"stacks":[{"type":"catalogTemplate","name":"a","dockerCompose":"web:\n  image: nginx\n","answers":{"A":"yes"}}],"links":{}}""")!.AsObject();

        var text = EnvironmentTemplateFile.Write(shown);

        var problems = new List<ComposeProblem>();
        EnvironmentTemplateFile.Read("f", text, problems)!.ToJsonString()
            .ShouldBe("""{"name":"shop","isPublic":true,"stacks":[{"name":"a","dockerCompose":"web:\n  image: nginx\n","answers":{"A":"yes"}}]}""");
        problems.ShouldBeEmpty();
        text.ShouldNotContain("1pt1");
    }

    [Theory]
    [InlineData("name: a\nstacks:\n- name: b\n  tempate_id: c\n", "t.yml line 4: template.stacks[0].tempate_id: is not a known key; did you mean 'template_id'?")]
    [InlineData("description: a\n", "t.yml line 1: template.name: is required")]
    [InlineData("name: a\nstacks:\n  b: c\n", "t.yml line 3: template.stacks: needs a list, but is a map")]
    [InlineData("name: a\nis_public: perhaps\n", "t.yml line 2: template.is_public")]
    [InlineData("name: [a\n", "t.yml line 2: is not YAML")]
    [InlineData("- a\n", "t.yml line 1: needs a map, but is a list")]
    [InlineData("", "t.yml: is empty")]
    public void An_error_names_line_and_field(string text, string error)
    {
        var problems = new List<ComposeProblem>();

        EnvironmentTemplateFile.Read("t.yml", text, problems).ShouldBeNull();

        problems[0].ToString().ShouldStartWith(error);
    }
}
