using System.Text.Json.Nodes;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Store;

namespace Drover.Server.Processes;

/// <summary>The tree that `processExecution.log` shows: a process, what went wrong, and the processes that it set off on other objects (OPS-05, OPS-06).</summary>
public sealed class ExecutionTree(ProcessBook book, Snapshot view)
{
    /// <summary>Objects below one that are told.</summary>
    public const int MostChildren = 100;

    /// <summary>The log of a try that failed.</summary>
    public static JsonObject OfTrouble(Process process, Trouble trouble, DateTimeOffset start)
        => Log(Node(process, start, trouble.At, "RETRY_EXCEPTION", trouble.Reason, trouble.NextTry));

    /// <summary>The log of the newest try, with all that goes on below.</summary>
    public JsonObject OfNewest(Process process) => Log(Whole(process, depth: 0));

    private static JsonObject Log(JsonObject execution) => new() { ["executions"] = new JsonArray(execution) };

    private JsonObject Whole(Process process, int depth)
    {
        var why = process.End is null ? ProcessBook.ObjectOf(view, process)?.Seen.Why : null;
        var last = process.Troubles.LastOrDefault();
        var reason = process.Ended == ProcessEnd.Done ? null : why?.Reason ?? last?.Reason;
        var node = Node(process, process.Start, process.End, ProcessView.ExitReason(process), reason, why?.NextTry);
        node["children"] = depth == 2 ? [] : new JsonArray([.. Below(process).Select(child => (JsonNode)Whole(child, depth + 1))]);
        return node;
    }

    private static JsonObject Node(Process process, DateTimeOffset start, DateTimeOffset? stop, string? exit, string? reason, DateTimeOffset? next) => new()
    {
        ["processId"] = ResourceId.Format(Catalog.All.FindKind("processInstance")!, process.Id.Number),
        ["processName"] = process.Name,
        ["resourceType"] = ProcessNames.Families[process.Id.Family].Family,
        ["resourceId"] = ResourceId.Format(process.Kind, process.Id.Object),
        ["startTime"] = start.ToUnixTimeMilliseconds(),
        ["stopTime"] = stop?.ToUnixTimeMilliseconds(),
        ["exitReason"] = exit,
        ["exception"] = reason is null ? null : new JsonObject { ["message"] = reason },
        ["runAfter"] = next?.ToUnixTimeMilliseconds(),
        ["children"] = new JsonArray(),
    };

    /// <summary>What began on the objects below while the process was under way.</summary>
    private IEnumerable<Process> Below(Process process)
    {
        var children = process.Id.Family == ProcessNames.FamilyOf(Catalog.All.Of<Stack>()) ? view.By(Catalog.All.FindKind("service")!, "stackId", process.Id.Object, family: true)
            : process.Id.Family == ProcessNames.FamilyOf(Catalog.All.Of<Service>()) ? view.By<Container>("serviceId", process.Id.Object)
            : [];
        return children.Take(MostChildren).SelectMany(child => book.Of(view, ProcessNames.FamilyOf(child.Kind), child.Id))
            .Where(below => below.Start >= process.Start && (process.End is not { } end || below.Start <= end))
            .Take(MostChildren);
    }
}
