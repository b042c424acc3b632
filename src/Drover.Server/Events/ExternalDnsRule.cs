using Drover.Model.Events;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Store;

namespace Drover.Server.Events;

/// <summary>An external DNS tells the name that it gave a service: the service shows it as `fqdn` (EXT-06). A service that is not there is no fault of the teller.</summary>
internal sealed class ExternalDnsRule : ICreateRule
{
    /// <summary>RFC 1035 section 2.3.4.</summary>
    private const int LongestName = 253;

    public string Kind => "externalDnsEvent";

    public IEnumerable<Problem> Check(CreateDraft draft)
    {
        if (((ExternalDnsEvent)draft.Wanted).Fqdn is not { } name) yield break;
        if (name.Length > LongestName) yield return new Problem("MaxLengthExceeded", "fqdn");
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')) yield return new Problem("InvalidCharacters", "fqdn");
    }

    public void Created(WriteTx tx, Resource created, Caller caller)
    {
        var told = (ExternalDnsEvent)created;
        if (told is not { AccountId: { } environment, Fqdn.Length: > 0 }) return;
        var service = tx.View.By<Stack>("accountId", environment).Where(s => !s.IsRemoved && s.Wanted.Name == told.StackName)
            .SelectMany(s => tx.View.By<Service>("stackId", s.Id)).FirstOrDefault(s => !s.IsRemoved && s.Wanted.Name == told.ServiceName);
        if (service is { Seen: ServiceSeen seen } && seen.Fqdn != told.Fqdn) tx.PutSeen(service.Kind.Family, service.Id, seen with { Fqdn = told.Fqdn });
    }
}
