using Drover.Model.Kernel;
using Drover.Model.Stacks;

namespace Drover.Model.Orchestrators;

/// <summary>A stack of Kubernetes' own objects.</summary>
[Kind("kubernetesStack", Family = "stack", Lifecycle = "stack", Seen = typeof(StackSeen), ShortType = "st")]
[Action("activateservices", Roles = Roles.Superadmin)]
[Action("addoutputs", Input = "addOutputsInput", Roles = Roles.Superadmin)]
[Action("deactivateservices", Roles = Roles.Superadmin)]
[Action("exportconfig", Input = "composeConfigInput", Output = "composeConfig", Roles = Roles.Superadmin)]
[Action("update", Roles = Roles.Superadmin)]
[Action("upgrade", Input = "kubernetesStackUpgrade", Output = "kubernetesStack")]
[Inherited("dockerCompose", "-", NotNull = true)]
[Inherited("name", "c", Required = true, MinLength = 1, MaxLength = 63, ValidChars = "a-zA-Z0-9-", Filter = true, Reconciles = true)]
[Inherited("outputs", "-")]
[Inherited("rancherCompose", "-", NotNull = true)]
[Inherited("startOnCreate", "-")]
public sealed record KubernetesStack : Stack
{
    [Field("c", NotNull = true, Required = true)]
    public string? Namespace { get; init; }
}
