using System.Buffers.Text;
using Drover.Model.Kernel;
using Drover.Model.Secrets;
using Drover.Server.Api.Seams;

namespace Drover.Server.Secrets;

/// <summary>A secret has a value, sent in base64 (api-semantics.md section 11).</summary>
internal sealed class SecretRules : ICreateRule
{
    public string Kind => "secret";

    public IEnumerable<Problem> Check(CreateDraft draft)
    {
        var value = ((Secret)draft.Wanted).Value;
        if (string.IsNullOrEmpty(value)) yield return new Problem("EmptySecret", "value");
        else if (!Base64.IsValid(value)) yield return new Problem("InvalidBase64", "value");
    }
}
