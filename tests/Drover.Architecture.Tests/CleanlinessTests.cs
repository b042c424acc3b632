using System.Text.RegularExpressions;

namespace Drover.Architecture.Tests;

/// <summary>What must not stand in a tracked file.</summary>
public sealed partial class CleanlinessTests
{
    private static readonly string[] TextEndings =
        [".cs", ".csproj", ".props", ".slnx", ".md", ".sh", ".json", ".yml", ".yaml", ".ts", ".tsx", ".css", ".html", ".txt", ".run"];

    // The one place each where the real clock and real randomness enter; a list that may only shrink.
    private static readonly string[] AmbientExcused = ["src/Drover.Server/IdSource.cs"];

    private static readonly string[] Texts =
        [.. Repository.Files.Where(file => TextEndings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)) || !Path.GetFileName(file).Contains('.', StringComparison.Ordinal))];

    [Fact]
    public void No_file_names_a_folder_of_the_machine_it_was_written_on() =>
        Hits(Texts, MachinePath()).ShouldBeEmpty();

    [Fact]
    public void Nothing_is_left_to_be_done_later() =>
        Hits(Repository.Sources("src", "sim", "tests", "tools"), Unfinished()).ShouldBeEmpty();

    [Fact]
    public void The_ban_on_ambient_time_and_randomness_is_lifted_nowhere_else() =>
        Repository.Sources("src", "sim").Where(file => Ambient().IsMatch(Repository.Read(file)))
            .ShouldBe(AmbientExcused, ignoreOrder: true);

    [Fact]
    public void The_build_bans_ambient_time_and_randomness()
    {
        var banned = Repository.Read("BannedSymbols.txt");
        foreach (var symbol in (string[])["DateTimeOffset.UtcNow", "DateTime.Now", "Random.Shared", "Guid.NewGuid", "Thread.Sleep"])
            banned.ShouldContain(symbol);
        Repository.Read(".editorconfig").ShouldContain("RS0030.severity = error");
    }

    [Fact]
    public void Packages_come_from_the_registries_that_each_machine_is_set_up_with()
    {
        Repository.Files.Select(Path.GetFileName)
            .Where(name => name is not null && (name.Equals("nuget.config", StringComparison.OrdinalIgnoreCase) || name is ".npmrc"))
            .ShouldBeEmpty();
        Hits(Repository.Files.Where(file => file.EndsWith("package-lock.json", StringComparison.Ordinal)), ForeignRegistry()).ShouldBeEmpty();
    }

    [Fact]
    public void Suppressed_warnings_are_few_and_say_why() =>
        Repository.Sources("src", "sim")
            .SelectMany(file => Repository.ReadLines(file).Select(line => (file, line)))
            .Where(hit => Suppression().IsMatch(hit.line) && !SuppressionWithReason().IsMatch(hit.line))
            .Select(hit => $"{hit.file}: {hit.line.Trim()}")
            .ShouldBeEmpty();

    private static IEnumerable<string> Hits(IEnumerable<string> files, Regex pattern) =>
        from file in files
        from line in Repository.ReadLines(file).Select((text, index) => (text, number: index + 1))
        where pattern.IsMatch(line.text)
        select $"{file}:{line.number}: {line.text.Trim()}";

    [GeneratedRegex(@"(?<![\w.])/(work|root|home/\w+|Users/\w+)/(?!\.\.)\w")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|XX" + @"X|NotImplemented" + @"Exception)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"RS0030|Environment\.TickCount|Stopwatch\.(StartNew|GetTimestamp)|RandomNumberGenerator\.")]
    private static partial Regex Ambient();

    [GeneratedRegex(@"""resolved"": ""https?://(?!registry\.npmjs\.org/)")]
    private static partial Regex ForeignRegistry();

    [GeneratedRegex(@"#pragma warning disable|SuppressMessage")]
    private static partial Regex Suppression();

    [GeneratedRegex(@"#pragma warning disable \w+ *// \w|Justification = ""\w")]
    private static partial Regex SuppressionWithReason();
}
