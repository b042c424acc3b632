using Drover.Compose;
using Drover.Compose.Interpolation;

namespace Drover.Cli.Files;

/// <summary>The files of a stack as they lie in a folder.</summary>
/// <param name="DockerCompose">The text of docker-compose.yml.</param>
/// <param name="RancherCompose">The text of rancher-compose.yml; null where there is none.</param>
/// <param name="Answers">What variables in the files stand for.</param>
internal sealed record StackFiles(string DockerCompose, string? RancherCompose, IReadOnlyDictionary<string, string> Answers)
{
    private static readonly string[] DockerNames = [ComposeFiles.DockerName, "docker-compose.yaml", "compose.yml", "compose.yaml"];
    private static readonly string[] RancherNames = [ComposeFiles.RancherName, "rancher-compose.yaml"];
    private static readonly string[] AnswerNames = ["answers.txt", ".env"];

    /// <summary>Reads and checks the files. Throws <see cref="UsageException"/> that names file, line and key.</summary>
    /// <param name="folder">The current folder.</param>
    /// <param name="docker">A named docker-compose file; null looks for the usual names.</param>
    /// <param name="rancher">A named rancher-compose file; null looks beside the other.</param>
    /// <param name="answers">A named file of answers; null looks beside the others.</param>
    /// <param name="warn">Takes what is no error but worth a word.</param>
    public static StackFiles Load(string folder, string? docker, string? rancher, string? answers, Action<string> warn)
    {
        var dockerFile = Find(folder, docker, DockerNames)
            ?? throw new UsageException($"no {ComposeFiles.DockerName} in {folder}: go to the stack's folder or name the file with --file");
        var beside = Path.GetDirectoryName(dockerFile)!;
        var rancherFile = Find(beside, rancher is null ? null : Path.Combine(folder, rancher), RancherNames);
        var answerFile = Find(beside, answers is null ? null : Path.Combine(folder, answers), AnswerNames);
        var read = answerFile is null ? new Dictionary<string, string>(StringComparer.Ordinal) : ReadAnswers(answerFile);
        var files = new StackFiles(Read(dockerFile), rancherFile is null ? null : Read(rancherFile), read);
        files.Check(Path.GetFileName(dockerFile), rancherFile is null ? null : Path.GetFileName(rancherFile), warn);
        return files;
    }

    private void Check(string dockerName, string? rancherName, Action<string> warn)
    {
        // The server reads the files under their usual names; what a person calls them only matters in messages.
        var result = ComposeReader.Read(ComposeFiles.Of(DockerCompose, RancherCompose), Answers);
        string Named(ComposeProblem problem) => (problem with
        {
            File = problem.File == ComposeFiles.DockerName ? dockerName : problem.File == ComposeFiles.RancherName ? rancherName ?? problem.File : problem.File,
        }).ToString();
        foreach (var warning in result.Warnings) warn(Named(warning));
        if (result.Problems.Count > 0) throw new UsageException(string.Join('\n', result.Problems.Select(Named)));
    }

    private static IReadOnlyDictionary<string, string> ReadAnswers(string file)
    {
        var problems = new List<ComposeProblem>();
        var answers = AnswersFile.Read(Path.GetFileName(file), Read(file), problems);
        return problems.Count == 0 ? answers : throw new UsageException(string.Join('\n', problems));
    }

    private static string? Find(string folder, string? named, string[] usual)
    {
        if (named is null) return Array.Find([.. usual.Select(name => Path.Combine(folder, name))], File.Exists);
        var path = Path.Combine(folder, named);
        return File.Exists(path) ? path : throw new UsageException($"{named} is not there");
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {unreadable.Message}");
        }
    }
}
