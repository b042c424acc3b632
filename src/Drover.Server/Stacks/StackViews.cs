using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;

namespace Drover.Server.Stacks;

/// <summary>`serviceIds` of a stack.</summary>
internal sealed class StackServiceIds : IViewField
{
    public string Kind => "stack";

    public string Field => "serviceIds";

    public object? Value(ApiCall call, Entry entry)
        => call.Snapshot.By<Service>("stackId", entry.Id).Where(s => !s.IsRemoved).Select(s => s.Id).ToEquatableArray();
}
