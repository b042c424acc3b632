using System.Reflection;
using System.Text.RegularExpressions;

namespace Drover.Architecture.Tests;

/// <summary>Budgets of size. What is excused is listed, and a list may only shrink.</summary>
public sealed partial class ProportionTests
{
    private const int MaxFileLines = 600, MaxFunctionLines = 80, MaxDependencies = 6;

    private static readonly string[] LongFilesExcused = [];
    private static readonly string[] LongFunctionsExcused = [];

    private static readonly string[] Shipped = [.. Repository.Sources("src", "sim")];

    [Fact]
    public void No_file_has_more_than_600_lines() =>
        Repository.Sources("src", "sim", "tests", "tools")
            .Where(file => Repository.ReadLines(file).Length > MaxFileLines)
            .ShouldBe(LongFilesExcused, ignoreOrder: true);

    [Fact]
    public void Half_of_the_files_have_at_most_80_lines_and_nine_of_ten_at_most_300()
    {
        var lengths = Shipped.Select(file => Repository.ReadLines(file).Length).Order().ToArray();
        lengths[lengths.Length / 2].ShouldBeLessThanOrEqualTo(80);
        lengths[lengths.Length * 9 / 10].ShouldBeLessThanOrEqualTo(300);
    }

    [Fact]
    public void No_function_has_more_than_80_lines() =>
        Repository.Sources("src", "sim", "tests", "tools").SelectMany(LongFunctions).ShouldBe(LongFunctionsExcused, ignoreOrder: true);

    [Fact]
    public void No_constructor_takes_more_than_six_dependencies()
    {
        var tooMany =
            from type in Assemblies.Types
            where type is { IsAbstract: false, IsEnum: false } && !Assemblies.IsRecord(type) && !typeof(Delegate).IsAssignableFrom(type)
            from constructor in type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            where constructor.GetParameters().Length > MaxDependencies
            select $"{type} takes {constructor.GetParameters().Length}";
        tooMany.ShouldBeEmpty();
    }

    [Fact]
    public void A_block_is_measured_from_brace_to_brace_and_types_do_not_count()
    {
        string[] lines =
        [
            "public sealed class A", "{", "    void Short()", "    {", "    }", "",
            "    void Long()", "    {", .. Enumerable.Repeat("        x();", 80), "    }", "}",
        ];
        LongBlocks(lines).ShouldBe([("void Long()", 80)]);
    }

    private static IEnumerable<string> LongFunctions(string file) =>
        LongBlocks(Repository.ReadLines(file)).Select(block => $"{file}: {block.Header} has {block.Lines} lines");

    // The formatter fixes where braces stand, so that a block ends at the next lone brace of its own depth.
    private static List<(string Header, int Lines)> LongBlocks(string[] lines)
    {
        var open = new Stack<(int Depth, int Line, bool IsType)>();
        var found = new List<(string, int)>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (LoneBrace().Match(lines[i]) is not { Success: true } brace) continue;
            var depth = brace.Groups["indent"].Length;
            if (brace.Groups["open"].Success) open.Push((depth, i, DeclaresType(lines, i)));
            else if (open.Count > 0 && open.Peek().Depth == depth)
            {
                var (_, start, isType) = open.Pop();
                var length = i - start - 1;
                if (!isType && length >= MaxFunctionLines) found.Add((lines[Math.Max(0, start - 1)].Trim(), length));
            }
        }

        return found;
    }

    private static bool DeclaresType(string[] lines, int brace)
    {
        for (var i = brace - 1; i >= 0 && lines[i].Trim() is { Length: > 0 } line && !line.EndsWith(';') && line is not ("{" or "}"); i--)
            if (TypeKeyword().IsMatch(line))
                return true;
        return false;
    }

    [GeneratedRegex(@"^(?<indent> *)((?<open>\{)|\}[;,)]*)$")]
    private static partial Regex LoneBrace();

    [GeneratedRegex(@"^(\[.*\] *)?((public|internal|private|protected|sealed|static|abstract|partial|readonly|ref|file|unsafe) )*(class|record|struct|interface|enum|namespace) ")]
    private static partial Regex TypeKeyword();
}
