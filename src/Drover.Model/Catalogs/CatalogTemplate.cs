using Drover.Model.Kernel;
using Drover.Model.Stacks;

namespace Drover.Model.Catalogs;

/// <summary>A template that a template of environments launches.</summary>
[Struct("catalogTemplate", Methods = "r")]
public sealed record CatalogTemplate
{
    [Field("c", Type = "map[json]", NotNull = true)]
    public RawJson? Answers { get; init; }

    [Field("c", NotNull = true)]
    public Binding? Binding { get; init; }

    [Field("c", NotNull = true)]
    public string? Description { get; init; }

    [Field("c", NotNull = true)]
    public string? DockerCompose { get; init; }

    [Field("c", NotNull = true)]
    public string? Name { get; init; }

    [Field("c", NotNull = true)]
    public string? RancherCompose { get; init; }

    [Field("c", NotNull = true)]
    public string? TemplateId { get; init; }

    [Field("c", NotNull = true)]
    public string? TemplateVersionId { get; init; }
}
