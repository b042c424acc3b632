using System.Runtime.CompilerServices;
using Drover.Compose.Interpolation;

namespace Drover.Compose.Tests;

/// <summary>
/// One folder per case under <c>Golden/compose</c>: the files handed in, <c>answers</c> where there are any, and what comes out of them.
/// <c>DROVER_GOLDEN_WRITE=1</c> writes the outcome down anew, for review in the diff.
/// </summary>
public sealed class GoldenTests
{
    private const string Answers = "answers";
    private const string Expected = "expected.json";
    private const string ExpectedProblems = "expected-problems.txt";

    public static TheoryData<string> Cases => [.. Directory.GetDirectories(Folder()).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_case_becomes_what_stands_beside_it(string name)
    {
        var folder = Path.Combine(Folder(), name);
        var result = Read(folder);
        var (file, text) = result.Model is null
            ? (ExpectedProblems, string.Concat(result.Problems.Select(problem => $"{problem.Code} {problem}\n")))
            : (Expected, ModelJson.Of(result));
        if (Environment.GetEnvironmentVariable("DROVER_GOLDEN_WRITE") == "1")
        {
            File.Delete(Path.Combine(folder, Expected));
            File.Delete(Path.Combine(folder, ExpectedProblems));
            File.WriteAllText(Path.Combine(folder, file), text);
        }

        File.Exists(Path.Combine(folder, file)).ShouldBeTrue($"{name} came to this, and {file} is not there:\n{text}");
        text.Split('\n').ShouldBe(File.ReadAllText(Path.Combine(folder, file)).Split('\n'));
    }

    internal static ComposeResult Read(string folder)
    {
        var texts = Directory.GetFiles(folder)
            .Where(path => Path.GetFileName(path) is not (Answers or Expected or ExpectedProblems))
            .ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
        var problems = new List<ComposeProblem>();
        var answers = File.Exists(Path.Combine(folder, Answers)) ? AnswersFile.Read(Answers, File.ReadAllText(Path.Combine(folder, Answers)), problems) : new Dictionary<string, string>();
        problems.ShouldBeEmpty();
        return ComposeReader.Read(new ComposeFiles(texts), answers);
    }

    /// <summary>The folder in the sources, so that a rewrite lands where it is kept.</summary>
    internal static string Folder() => Path.Combine(Path.GetDirectoryName(Here())!, "Golden", "compose");

    private static string Here([CallerFilePath] string here = "") => here;
}
