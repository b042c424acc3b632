using System.Text.RegularExpressions;
using Drover.Model.Kernel;
using Drover.Model.Volumes;
using Drover.Server.Api.Seams;

namespace Drover.Server.Volumes;

/// <summary>What holds when volumes are created and removed over the API.</summary>
internal sealed partial class VolumeRules : ICreateRule, IRemoveRule
{
    public string Kind => "volume";

    public string Before => "deactivate";

    public IEnumerable<Problem> Check(CreateDraft draft)
    {
        var volume = (Volume)draft.Wanted;
        if (string.IsNullOrEmpty(volume.Driver) && volume.StorageDriverId is null) yield return new Problem("MissingRequired", Message: "A driver or a storage driver is required");
        if (volume.SizeMb is not null) yield return new Problem("InvalidOption", "sizeMb", $"Volume driver {volume.Driver} does not support specifying a size");
        if (volume.Name is not { Length: > 0 } name) yield return new Problem("MissingRequired", "name");
        else if (!Form().IsMatch(name)) yield return new Problem("InvalidCharacters", "name");
        if (draft.Tx.View.By<Volume>("accountId", volume.AccountId!.Value).Any(other => !other.IsRemoved && !other.Wanted.RemoveRequested && other.Wanted.Name == volume.Name && ((Volume)other.Wanted).HostId == volume.HostId))
            yield return new Problem("NotUnique", "name");
    }

    public IEnumerable<Problem> Check(RemoveDraft draft) => [];

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9_.-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
