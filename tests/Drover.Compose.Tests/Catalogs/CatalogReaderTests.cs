using Drover.Compose.Catalogs;

namespace Drover.Compose.Tests.Catalogs;

public sealed class CatalogReaderTests
{
    [Fact]
    public void A_question_has_all_its_fields()
    {
        var question = Catalog("""
            .catalog:
              questions:
              - variable: PORT
                label: Port
                description: Where to listen
                type: int
                required: "yes"
                default: 8080
                group: Network
                min: 1
                max: 65535
                min_length: 1
                max_length: 5
                valid_chars: 0-9
                invalid_chars: a-z
                options: [80, 8080, true]
            """).Questions.ShouldHaveSingleItem();

        question.Variable.ShouldBe("PORT");
        question.Label.ShouldBe("Port");
        question.Description.ShouldBe("Where to listen");
        question.Type.ShouldBe("int");
        question.Required.ShouldBeTrue();
        question.Default.ShouldBe("8080");
        question.Group.ShouldBe("Network");
        (question.Min, question.Max, question.MinLength, question.MaxLength).ShouldBe((1L, 65535L, 1L, 5L));
        (question.ValidChars, question.InvalidChars).ShouldBe(("0-9", "a-z"));
        question.Options.ShouldBe(["80", "8080", "true"]);
    }

    [Fact]
    public void A_type_that_is_not_known_is_a_string_and_no_default_is_null()
    {
        var question = Catalog(".catalog: {questions: [{variable: A, type: strange, default: }]}").Questions.ShouldHaveSingleItem();
        question.Type.ShouldBe("string");
        question.Default.ShouldBeNull();
    }

    [Fact]
    public void Defaults_stand_where_no_answer_is_given_and_an_empty_answer_is_one()
    {
        var catalog = Catalog(".catalog: {questions: [{variable: A, default: a}, {variable: B, default: b}, {variable: C, default: c}, {variable: D}]}");

        catalog.WithDefaults(new Dictionary<string, string> { ["B"] = "", ["C"] = "mine", ["E"] = "extra" })
            .ShouldBe(new Dictionary<string, string> { ["A"] = "a", ["B"] = "", ["C"] = "mine", ["E"] = "extra" }, ignoreOrder: true);
    }

    [Theory]
    [InlineData(".catalog: {name: [a]}", ComposeCodes.InvalidType, ".catalog.name")]
    [InlineData(".catalog: {questions: text}", ComposeCodes.InvalidType, ".catalog.questions")]
    [InlineData(".catalog: {questions: [text]}", ComposeCodes.InvalidType, ".catalog.questions[0]")]
    [InlineData(".catalog: {questions: [{label: A}]}", ComposeCodes.MissingRequired, ".catalog.questions[0]")]
    [InlineData(".catalog: {questions: [{variable: A, required: perhaps}]}", ComposeCodes.InvalidType, ".catalog.questions[0].required")]
    [InlineData("catalog: {questions: [{variable: A, min: low}]}", ComposeCodes.InvalidType, "catalog.questions[0].min")]
    public void A_catalog_of_the_wrong_shape_is_refused(string text, string code, string key)
    {
        var problem = ComposeReader.Read(ComposeFiles.Of("web: {image: nginx}", text), new Dictionary<string, string>()).Problems.ShouldHaveSingleItem();
        (problem.Code, problem.Key, problem.File).ShouldBe((code, key, ComposeFiles.RancherName));
    }

    [Fact]
    public void Text_of_the_questions_is_not_looked_into_for_variables() =>
        Catalog(".catalog: {description: 'costs $5 ${x', questions: [{variable: A, default: '$B'}]}").Description.ShouldBe("costs $5 ${x");

    [Fact]
    public void A_service_may_be_called_catalog()
    {
        var model = ComposeReader.Read(ComposeFiles.Of("catalog: {image: nginx}", "catalog: {scale: 3}"), new Dictionary<string, string>()).Model.ShouldNotBeNull();
        model.Catalog.ShouldBeNull();
        ((long?)model.Services.ShouldHaveSingleItem().Body["scale"]).ShouldBe(3);
    }

    private static CatalogEntry Catalog(string rancher)
    {
        var result = ComposeReader.Read(ComposeFiles.Of("web: {image: nginx}", rancher), new Dictionary<string, string>());
        return result.Model.ShouldNotBeNull(string.Join("\n", result.Problems)).Catalog.ShouldNotBeNull();
    }
}
