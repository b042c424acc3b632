using Drover.Model.Kernel;
using Drover.Model.Metadata;

namespace Drover.DataPlane;

/// <summary>What changed between two views of an environment. A view that follows from another shares what did not change, so that looking costs little.</summary>
public static class EnvironmentDifference
{
    /// <summary>The delta that leads from one view to the other.</summary>
    public static EnvironmentDelta Between(EnvironmentView before, EnvironmentView after) => new(
        Complete: false,
        after.Name,
        after.Uuid,
        Changed(before.Stacks, after.Stacks),
        Changed(before.Services, after.Services),
        Changed(before.Containers, after.Containers),
        Changed(before.Hosts, after.Hosts),
        [
            .. Gone(before.Stacks, after.Stacks), .. Gone(before.Services, after.Services), .. Gone(before.Containers, after.Containers),
            .. Gone(before.Hosts, after.Hosts), .. Gone(before.Networks, after.Networks),
        ],
        Changed(before.Networks, after.Networks));

    private static EquatableMap<T> Changed<T>(EquatableMap<T> before, EquatableMap<T> after)
        where T : class
        => ReferenceEquals(before.Items, after.Items)
            ? default
            : after.Where(pair => !ReferenceEquals(before.Find(pair.Key), pair.Value)).ToEquatableMap();

    private static IEnumerable<string> Gone<T>(EquatableMap<T> before, EquatableMap<T> after)
        => ReferenceEquals(before.Items, after.Items) ? [] : before.Keys.Where(key => !after.ContainsKey(key));
}
