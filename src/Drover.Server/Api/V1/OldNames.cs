using System.Collections.Immutable;
using Drover.Server.Api.Binding;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Views;

namespace Drover.Server.Api.V1;

/// <summary>Reads what v1's clients call by its old name: a stack was an environment (api-semantics.md section 13).</summary>
internal static class OldNames
{
    private const string Old = "environmentId";
    private const string New = "stackId";

    /// <summary>What was sent, with the stack of a service under its name of today.</summary>
    public static Body Read(ApiCall call, KindView kind, Body body)
        => call.IsV1 && kind.Kind.Family == "service" && body.Text(Old) is { } stack ? body.WithDefault(New, stack) : body;

    /// <summary>The parameters of a list, with conditions on the old name under the name of today.</summary>
    public static ImmutableArray<KeyValuePair<string, string>> Read(ApiCall call, KindView kind)
        => call.IsV1 && kind.Kind.Family == "service"
            ? [.. call.Query.Select(q => q.Key.StartsWith(Old, StringComparison.Ordinal) ? KeyValuePair.Create(New + q.Key[Old.Length..], q.Value) : q)]
            : call.Query;
}
