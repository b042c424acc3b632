using Drover.DataPlane.Metadata;

namespace Drover.DataPlane.Tests.Metadata;

public sealed class AcceptHeaderTests
{
    [Theory]
    [InlineData(null, MetadataForm.Text)]
    [InlineData("", MetadataForm.Text)]
    [InlineData("*/*", MetadataForm.Text)]
    [InlineData("text/html", MetadataForm.Text)]
    [InlineData("application/json", MetadataForm.Json)]
    [InlineData("APPLICATION/JSON; charset=utf-8", MetadataForm.Json)]
    [InlineData("application/*", MetadataForm.Json)]
    [InlineData("text/*", MetadataForm.Text)]
    [InlineData("text/yaml", MetadataForm.Yaml)]
    [InlineData("application/x-yaml", MetadataForm.Yaml)]
    [InlineData("text/plain, application/json", MetadataForm.Text)]
    [InlineData("text/plain;q=0.5, application/json;q=0.9", MetadataForm.Json)]
    [InlineData("*/*;q=0.1, application/json", MetadataForm.Json)]
    [InlineData("*/*, application/json", MetadataForm.Json)]
    [InlineData("application/json;q=0", MetadataForm.Text)]
    [InlineData("application/json;q=rubbish", MetadataForm.Text)]
    [InlineData(";;;,,,", MetadataForm.Text)]
    public void The_best_wish_is_chosen(string? accept, MetadataForm expected) => AcceptHeader.Choose(accept).ShouldBe(expected);
}
