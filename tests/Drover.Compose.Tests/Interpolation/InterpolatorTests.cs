using Drover.Compose.Interpolation;
using FsCheck;
using FsCheck.Fluent;

namespace Drover.Compose.Tests.Interpolation;

public sealed class InterpolatorTests
{
    private static readonly Dictionary<string, string> Variables = new() { ["NAME"] = "world", ["EMPTY"] = "", ["_x1"] = "under", ["DOLLAR"] = "$NAME" };

    [Theory]
    [InlineData("no variables", "no variables")]
    [InlineData("hello $NAME", "hello world")]
    [InlineData("${NAME}", "world")]
    [InlineData("${NAME}s and $NAME.", "worlds and world.")]
    [InlineData("$NAME$NAME", "worldworld")]
    [InlineData("$_x1", "under")]
    [InlineData("[$EMPTY]", "[]")]
    [InlineData("[$UNSET]", "[]")]
    [InlineData("${UNSET:-other}", "other")]
    [InlineData("${UNSET-other}", "other")]
    [InlineData("${EMPTY:-other}", "other")]
    [InlineData("${EMPTY-other}", "")]
    [InlineData("${NAME:-other}", "world")]
    [InlineData("${UNSET:-}", "")]
    [InlineData("${UNSET:-a:b-c?d}", "a:b-c?d")]
    [InlineData("${NAME:?needed}", "world")]
    [InlineData("${EMPTY?needed}", "")]
    [InlineData("$$NAME", "$NAME")]
    [InlineData("$$$$", "$$")]
    [InlineData("$$$NAME", "$world")]
    [InlineData("$${stack_name}/$${service_name}", "${stack_name}/${service_name}")]
    [InlineData("$DOLLAR", "$NAME")]
    [InlineData("5$$", "5$")]
    public void Variables_are_replaced_once(string text, string expected)
    {
        var result = Interpolator.Apply(text, Variables);
        result.Error.ShouldBeNull();
        result.Text.ShouldBe(expected);
        result.Replaced.ShouldBe(text.Contains('$', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$")]
    [InlineData("ends in $")]
    [InlineData("$1")]
    [InlineData("$ NAME")]
    [InlineData("$-")]
    [InlineData("${")]
    [InlineData("${NAME")]
    [InlineData("${}")]
    [InlineData("${1A}")]
    [InlineData("${NA ME}")]
    [InlineData("${NAME!}")]
    [InlineData("${NAME:}")]
    [InlineData("${NAME:+x}")]
    [InlineData("${UNSET?}")]
    [InlineData("${EMPTY:?must not be empty}")]
    public void What_is_no_variable_is_an_error_and_leaves_the_text(string text)
    {
        var result = Interpolator.Apply(text, Variables);
        result.Error.ShouldNotBeNullOrEmpty();
        result.Text.ShouldBe(text);
    }

    [Fact]
    public void The_message_of_a_needed_variable_is_told() =>
        Interpolator.Apply("${UNSET:?say which}", Variables).Error.ShouldBe("UNSET is not set: say which");

    [Fact]
    public void Variables_without_value_are_named_unless_a_default_stands_for_them() =>
        Interpolator.Apply("$A ${B} ${C:-c} ${D-} $EMPTY", Variables).Undefined.ShouldBe(["A", "B"]);

    [Fact]
    public void Escaped_text_comes_back_whatever_the_variables() =>
        Prop.ForAll(Texts().ToArbitrary(), text =>
        {
            var result = Interpolator.Apply(Interpolator.Escape(text), Variables);
            return result.Error is null && result.Text == text && result.Undefined.Count == 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Every_text_is_answered_with_a_text_or_an_error_and_text_without_dollars_stays() =>
        Prop.ForAll(Texts().ToArbitrary(), text =>
        {
            var result = Interpolator.Apply(text, Variables);
            return result.Error is null
                ? text.Contains('$', StringComparison.Ordinal) || result.Text == text
                : result.Text == text && !result.Replaced;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Joined_texts_come_to_the_joined_results_where_both_are_whole() =>
        Prop.ForAll(Texts().ToArbitrary(), Texts().ToArbitrary(), (left, right) =>
        {
            var (one, two) = (Interpolator.Apply(left, Variables), Interpolator.Apply(right, Variables));
            if (one.Error is not null || two.Error is not null)
                return true;
            var joined = Interpolator.Apply(left + "|" + right, Variables);
            return joined.Error is null && joined.Text == one.Text + "|" + two.Text;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static Gen<string> Texts()
    {
        var pieces = Gen.Elements("$", "$$", "{", "}", "NAME", "${NAME}", "${UNSET:-x}", "$EMPTY", ":-", "-", "?", "a", " ", "1", "_", "\n", "\u00e9");
        return Gen.Choose(0, 8).SelectMany(count => pieces.ArrayOf(count)).Select(string.Concat);
    }
}
