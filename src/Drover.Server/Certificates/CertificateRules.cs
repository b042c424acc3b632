using Drover.Model.Certificates;
using Drover.Model.Kernel;
using Drover.Server.Api.Seams;

namespace Drover.Server.Certificates;

/// <summary>A certificate is one that can be read, and shows what it says (SEC-11). That the key belongs to it is not checked, as in 1.6.</summary>
internal sealed class CertificateRules : ICreateRule, IUpdateRule
{
    public string Kind => "certificate";

    public IEnumerable<Problem> Check(CreateDraft draft) => Complete(draft);

    public IEnumerable<Problem> Check(UpdateDraft draft) => draft.Changed.Contains("cert") ? Complete(draft) : [];

    private static IEnumerable<Problem> Complete(Draft draft)
    {
        if (CertificateText.Read((Certificate)draft.Wanted) is { } read) draft.Wanted = read;
        else yield return new Problem("InvalidFormat", "cert", "The text is no certificate in PEM form");
    }
}
