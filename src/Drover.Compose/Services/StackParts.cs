namespace Drover.Compose.Services;

/// <summary>What services of one stack share: the files handed in, the variables, and the names that its volumes and secrets really have.</summary>
/// <param name="Files">All files that were handed in.</param>
/// <param name="Variables">Answers with the questions' defaults.</param>
/// <param name="VolumeNames">Real name by the name that the file uses.</param>
/// <param name="Secrets">Real name by the name that the file uses; null where the file declares none.</param>
/// <param name="Findings">Where problems go.</param>
internal sealed record StackParts(
    ComposeFiles Files,
    IReadOnlyDictionary<string, string> Variables,
    IReadOnlyDictionary<string, string> VolumeNames,
    IReadOnlyDictionary<string, string>? Secrets,
    Findings Findings);
