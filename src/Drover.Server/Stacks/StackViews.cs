using Drover.Model.Kernel;
using Drover.Server.Services;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;

namespace Drover.Server.Stacks;

/// <summary>`serviceIds` of a stack.</summary>
internal sealed class StackServiceIds : IViewField
{
    public string Kind => "stack";

    public string Field => "serviceIds";

    public object? Value(ApiCall call, Entry entry)
        => AnyService.InStack(call.Snapshot, entry.Id).Where(s => !s.IsRemoved).Select(s => s.Id).ToEquatableArray();
}
