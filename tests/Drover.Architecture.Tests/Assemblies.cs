using System.Reflection;
using System.Runtime.CompilerServices;

namespace Drover.Architecture.Tests;

/// <summary>The compiled projects of src and sim.</summary>
internal static class Assemblies
{
    public static IEnumerable<Assembly> Shipped =>
        ProjectFile.Below("src").Concat(ProjectFile.Below("sim")).Select(project => Load(project.Name));

    /// <summary>Types written by hand.</summary>
    public static IEnumerable<Type> Types =>
        Shipped.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute), false)
                && !type.FullName!.Contains('<', StringComparison.Ordinal));

    /// <summary>The executable is called drover, its project Drover.</summary>
    public static Assembly Load(string project) => Assembly.Load(project == "Drover" ? "drover" : project);

    public static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null
        || (type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null);
}
