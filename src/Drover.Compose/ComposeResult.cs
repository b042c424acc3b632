namespace Drover.Compose;

/// <summary>What reading came to: a model, or else at least one problem; warnings stand beside either.</summary>
public sealed record ComposeResult(ComposeModel? Model, IReadOnlyList<ComposeProblem> Problems, IReadOnlyList<ComposeProblem> Warnings);
