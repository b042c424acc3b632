using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;

namespace Drover.Server.Environments;

/// <summary>Lists the environments that the caller is a member of; all of them for an administrator who asks with `all=true`.</summary>
public sealed class ProjectList : IListFilter
{
    public string Kind => "project";

    public bool Lists(ApiCall call, Entry entry)
        => entry.Id == call.Caller.AccountId
            || call.Caller.Projects.Contains(entry.Id)
            || (call.Caller.ReachesAllProjects && call.Parameter("all") == "true");
}
