using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Reconcile;

namespace Drover.Architecture.Tests;

/// <summary>Each field has one writer, and the writer that a field declares is the one that writes it.</summary>
public sealed class OwnershipTests
{
    // What a writer says it writes does not depend on what it was built with.
    private static readonly IFieldWriter[] Writers =
    [
        .. Assemblies.Types
            .Where(type => type is { IsAbstract: false, IsClass: true } && typeof(IFieldWriter).IsAssignableFrom(type))
            .Select(type => (IFieldWriter)RuntimeHelpers.GetUninitializedObject(type)),
    ];

    [Fact]
    public void No_field_is_written_by_two() => Should.NotThrow(() => Ownership.Check(Writers, Catalog.All));

    [Fact]
    public void There_is_something_to_check()
    {
        Writers.Length.ShouldBeGreaterThan(5);
        Owned().Count().ShouldBeGreaterThan(3);
    }

    [Fact]
    public void Every_declared_owner_says_that_it_writes_the_field()
    {
        var orphans =
            from owned in Owned()
            let writer = Writers.FirstOrDefault(writer => writer.Name == owned.Owner)
            where writer is null || !(writer.Writes.Contains(owned.Field) || (owned.IsSeen && writer.Writes.Contains($"{owned.Field.Split('.')[0]}.seen")))
            select $"{owned.Field} belongs to {owned.Owner}{(writer is null ? ", which is no writer" : ", which does not list it")}";
        orphans.ShouldBeEmpty();
    }

    private static IEnumerable<(string Field, string Owner, bool IsSeen)> Owned() =>
        from kind in Catalog.All.Kinds
        from side in new[] { (Type: kind.ClrType, IsSeen: false), (Type: kind.SeenType, IsSeen: true) }
        from property in side.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        let owner = property.GetCustomAttribute<FieldAttribute>()?.Owner ?? property.GetCustomAttribute<InternalAttribute>()?.Owner
        where owner is not null
        select ($"{kind.Name}.{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}", owner, side.IsSeen);
}
