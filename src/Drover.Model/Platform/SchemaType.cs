using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>The description of a type.</summary>
[Kind("schema", IsView = true, Bare = true, Methods = "r")]
[Allow(Roles.Agent | Roles.AgentRegister | Roles.Register | Roles.Token, "r")]
public sealed record SchemaType : Resource
{
    [Field("c", Type = "map[json]", NotNull = true), For(Roles.Agent | Roles.AgentRegister | Roles.Token, "r")]
    public RawJson? CollectionActions { get; init; }

    [Field("c", Type = "map[json]", NotNull = true), For(Roles.Agent | Roles.AgentRegister | Roles.Token, "r")]
    public RawJson? CollectionFields { get; init; }

    [Field("c", Type = "map[json]", NotNull = true), For(Roles.Agent | Roles.AgentRegister | Roles.Token, "r")]
    public RawJson? CollectionFilters { get; init; }

    [Field("c", NotNull = true), For(Roles.Agent | Roles.AgentRegister | Roles.Token, "r")]
    public EquatableArray<string> CollectionMethods { get; init; }

    [Field("c", NotNull = true), For(Roles.Agent | Roles.AgentRegister | Roles.Token, "r")]
    public EquatableArray<string> IncludeableLinks { get; init; }

    [Field("c", NotNull = true), For(Roles.Agent | Roles.AgentRegister | Roles.Token, "r")]
    public string? PluralName { get; init; }

    [Field("c", Type = "map[json]", NotNull = true), For(Roles.Agent | Roles.AgentRegister | Roles.Token, "r")]
    public RawJson? ResourceActions { get; init; }

    [Field("c", Type = "map[json]", NotNull = true), For(Roles.Agent | Roles.AgentRegister | Roles.Token, "r")]
    public RawJson? ResourceFields { get; init; }

    [Field("c", NotNull = true), For(Roles.Agent | Roles.AgentRegister | Roles.Token, "r")]
    public EquatableArray<string> ResourceMethods { get; init; }
}
