using Drover.Model.Containers;
using Drover.Model.Environments;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Networks;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Store;

namespace Drover.Server.Projections;

/// <summary>An object whose view may be another one now.</summary>
/// <param name="Uuid">The key of its view.</param>
/// <param name="IsKnownElsewhere">True where what others show of it changed too: its name, its address or that it is there at all.</param>
internal readonly record struct Touched(Subject Subject, long Id, string Uuid, bool IsKnownElsewhere)
{
    /// <summary>The environment and the object of a change; null for kinds that nobody sees.</summary>
    public static (long Environment, Touched What)? By(Change change)
    {
        if (change.Entry is not { Wanted: { Uuid: { } uuid } wanted } || SubjectOf(wanted) is not { } subject) return null;
        var environment = subject == Subject.Environment ? wanted.Id : wanted.AccountId ?? 0;
        return (environment, new Touched(subject, wanted.Id, uuid, Shown(change.Before) != Shown(change.After)));
    }

    private static Subject? SubjectOf(Resource wanted) => wanted switch
    {
        Container => Subject.Container,
        Service => Subject.Service,
        Stack => Subject.Stack,
        Host => Subject.Host,
        Network => Subject.Network,
        Project => Subject.Environment,
        _ => null,
    };

    /// <summary>What views of other objects show of it.</summary>
    private static (bool IsThere, string? Name, string? Address, long? Network) Shown(Entry? entry) => entry?.Wanted switch
    {
        null => default,
        Service or Stack => (true, entry.Wanted.Name, null, null),
        Host => (true, null, (entry.Seen as HostSeen)?.AgentIpAddress, null),
        Project project => (true, project.Name, null, project.DefaultNetworkId),
        _ => (true, null, null, null),
    };
}

/// <summary>The sorts of views.</summary>
internal enum Subject
{
    Environment,
    Stack,
    Service,
    Container,
    Host,
    Network,
}
