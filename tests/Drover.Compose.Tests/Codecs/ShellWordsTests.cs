using Drover.Compose.Codecs;

namespace Drover.Compose.Tests.Codecs;

public sealed class ShellWordsTests
{
    public static TheoryData<string, string[]> Lines => new()
    {
        { "", [] },
        { "  \t\n ", [] },
        { "one", ["one"] },
        { " one  two\tthree\n", ["one", "two", "three"] },
        { "'a b' c", ["a b", "c"] },
        { "\"a b\" c", ["a b", "c"] },
        { "a'b c'd", ["ab cd"] },
        { "''", [""] },
        { "a '' b", ["a", "", "b"] },
        { @"a\ b", ["a b"] },
        { @"""a\""b""", ["a\"b"] },
        { @"""a\nb""", [@"a\nb"] },
        { @"'a\b'", [@"a\b"] },
        { "\"it's\"", ["it's"] },
        { "nginx -g 'daemon off;'", ["nginx", "-g", "daemon off;"] },
        { "echo $HOME `ls` # no comment", ["echo", "$HOME", "`ls`", "#", "no", "comment"] },
        { @"trailing \", ["trailing", @"\"] },
        { "sh -c \"a && b\"", ["sh", "-c", "a && b"] },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_line_is_split_as_a_shell_would_and_nothing_in_it_is_run(string line, string[] words) => ShellWords.Split(line).ShouldBe(words);

    [Theory]
    [InlineData("'open")]
    [InlineData("a \"open")]
    [InlineData("\"open\\\"")]
    public void A_quote_that_is_not_closed_gives_no_words(string line) => ShellWords.Split(line).ShouldBeNull();
}
