using System.Text.RegularExpressions;
using Drover.Server.Api.Queries;

namespace Drover.Server.Tests.Api.Queries;

public sealed class LikePatternTests
{
    [Theory]
    [InlineData("web", "web", true)]
    [InlineData("WEB", "web", true)]
    [InlineData("web", "w%", true)]
    [InlineData("web", "%e%", true)]
    [InlineData("web", "w_b", true)]
    [InlineData("web", "w_", false)]
    [InlineData("100%", @"100\%", true)]
    [InlineData("1000", @"100\%", false)]
    [InlineData("", "%", true)]
    [InlineData("", "_", false)]
    [InlineData("a", @"\", false)]
    public void A_pattern_matches_the_whole_text(string text, string pattern, bool matches)
        => LikePattern.Matches(text, pattern).ShouldBe(matches);

    [Fact]
    public void It_agrees_with_an_equal_regular_expression_on_random_texts()
    {
        var random = new Random(11);
        string Draw(string letters) => new([.. Enumerable.Range(0, random.Next(9)).Select(_ => letters[random.Next(letters.Length)])]);
        for (var i = 0; i < 20_000; i++)
        {
            var (text, pattern) = (Draw("abA"), Draw("ab%_"));
            var regex = new Regex("\\A" + pattern.Replace("%", ".*", StringComparison.Ordinal).Replace('_', '.') + "\\z", RegexOptions.IgnoreCase | RegexOptions.Singleline);

            LikePattern.Matches(text, pattern).ShouldBe(regex.IsMatch(text), $"'{text}' like '{pattern}'");
        }
    }

    [Fact]
    public void A_pattern_made_to_be_slow_is_not()
        => LikePattern.Matches(new string('a', 5000), string.Concat(Enumerable.Repeat("%a", 500)) + "b").ShouldBeFalse();
}
