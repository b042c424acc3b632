using System.Collections.Immutable;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Server.Api.Calls;
using Drover.Server.Containers;
using Drover.Server.Environments;
using Drover.Store;

namespace Drover.Server.Agents;

/// <summary>A role in which a container calls the API, as its labels ask for it (AUTH-29, LBL-03).</summary>
/// <param name="Name">The word in the label.</param>
/// <param name="Role">What the caller is to the API (api-auth.md section 1).</param>
/// <param name="Kind">The kind of account that answers name.</param>
/// <param name="Variable">The part of the environment variables that names the role.</param>
/// <param name="IsPlatforms">True where containers of the platform alone may have it: it reads or does what a member may not.</param>
public sealed record ContainerRole(string Name, Roles Role, string Kind, string Variable, bool IsPlatforms)
{
    /// <summary>The role of 1.6 that reaches beyond one environment; nobody gets it here.</summary>
    private const string Installation = "system";

    /// <summary>Who may read and do all that the platform's own containers may.</summary>
    private const Roles Givers = Roles.Owner | Roles.Admin | Roles.Superadmin | Roles.Service | Roles.ProjectAdmin;

    /// <summary>The first that a container has is its own account's, the others are further ones (api-auth.md section 2).</summary>
    private static readonly ImmutableArray<ContainerRole> All =
    [
        new("agent", Roles.Agent, "agent", "AGENT", IsPlatforms: true),
        new("environmentAdmin", Roles.ProjectAdmin, "projectadmin", "ENVIRONMENT_ADMIN", IsPlatforms: true),
        new("environment", Roles.Environment, "environment", "ENVIRONMENT", IsPlatforms: false),
    ];

    public static ContainerRole? Find(string? name) => All.FirstOrDefault(role => role.Name == name);

    /// <summary>The roles that labels ask for; none without the label that asks for an account at all. Words that are no role are passed over.</summary>
    public static ImmutableArray<ContainerRole> Of(EquatableMap<string> labels, bool isPlatforms)
    {
        var words = Words(labels, isPlatforms);
        return [.. All.Where(role => words.Contains(role.Name))];
    }

    /// <summary>Why the caller may not start containers with these labels, first of all because they would act as more than the caller.</summary>
    /// <param name="view">Holds the settings.</param>
    /// <param name="labels">The labels of a container or launch config.</param>
    /// <param name="isPlatforms">True where the containers belong to the platform.</param>
    /// <param name="caller">Who asks.</param>
    public static Problem? Check(Snapshot view, EquatableMap<string> labels, bool isPlatforms, Caller caller)
    {
        if (Words(labels, isPlatforms).Contains(Installation)) return Refusal($"The role {Installation} reaches beyond one environment and is given to no container");
        foreach (var role in Of(labels, isPlatforms))
            if (role.IsPlatforms && !(isPlatforms && (caller.Role & Givers) != 0))
                return Refusal($"The role {role.Name} is given by owners and administrators, to services of a stack that belongs to the platform");
            else if (!Infrastructure.Admits(view, caller.Role))
                return Refusal($"A container in the role {role.Name} would be allowed more than who asks for it");
        return null;
    }

    /// <summary>The same for all launch configs of a service.</summary>
    public static Problem? Check(Snapshot view, Service service, Caller caller)
        => service.SecondaryLaunchConfigs.Items.Select(sidekick => sidekick.Labels).Prepend(service.LaunchConfig?.Labels ?? default)
            .Select(labels => Check(view, labels, service.System, caller))
            .FirstOrDefault(problem => problem is not null);

    /// <summary>Who names no role is an agent in 1.6, such as rancher-metadata; here that is for the platform's containers alone.</summary>
    private static ImmutableArray<string> Words(EquatableMap<string> labels, bool isPlatforms)
        => !labels.IsTrue(ContainerLabels.CreateAgent) ? []
            : labels.Find(ContainerLabels.AgentRole) is { Length: > 0 } words ? [.. words.Split(',', StringSplitOptions.TrimEntries)]
            : isPlatforms ? ["agent"] : [];

    private static Problem Refusal(string why) => Problem.Forbidden(why);
}
