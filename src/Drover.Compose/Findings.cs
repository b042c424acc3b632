using Drover.Compose.Yaml;

namespace Drover.Compose;

/// <summary>Collects problems and warnings while files are read; keeps each once, and at most <see cref="Most"/> of both.</summary>
internal sealed class Findings
{
    public const int Most = 100;

    private readonly List<ComposeProblem> _problems = [];
    private readonly List<ComposeProblem> _warnings = [];

    public IReadOnlyList<ComposeProblem> Problems => _problems;
    public IReadOnlyList<ComposeProblem> Warnings => _warnings;

    /// <summary>Whether further problems would not be kept.</summary>
    public bool IsFull => _problems.Count >= Most;

    public bool Any => _problems.Count > 0;

    public void Refuse(Place place, KeyPath? key, string code, string message) =>
        Add(_problems, new ComposeProblem(place.File, place.Line, key?.ToString() ?? "", code, message));

    public void Warn(Place place, KeyPath? key, string code, string message) =>
        Add(_warnings, new ComposeProblem(place.File, place.Line, key?.ToString() ?? "", code, message));

    public void Add(ComposeProblem problem) => Add(_problems, problem);

    private static void Add(List<ComposeProblem> list, ComposeProblem problem)
    {
        if (list.Contains(problem))
            return;
        if (list.Count < Most - 1)
            list.Add(problem);
        else if (list.Count == Most - 1)
            list.Add(new ComposeProblem(problem.File, problem.Line, "", ComposeCodes.TooManyProblems, $"more than {Most - 1} of them; the rest is not listed"));
    }
}
