namespace Drover.Scheduling.Tests;

public sealed class AffinityRuleTests
{
    [Theory]
    [InlineData("host_label", "A=B", AffinitySubject.HostLabel, false, false)]
    [InlineData("host_label_ne", "A=B", AffinitySubject.HostLabel, true, false)]
    [InlineData("container_label_soft", "A=B", AffinitySubject.ContainerLabel, false, true)]
    [InlineData("container_label_soft_ne", "A=B", AffinitySubject.ContainerLabel, true, true)]
    public void Each_form_of_the_label_is_read_and_lower_cased(string form, string value, AffinitySubject subject, bool negative, bool soft)
        => Read(form, value).ShouldBe([new AffinityRule(subject, "a", "b", negative, soft)]);

    [Fact]
    public void Several_values_are_several_rules()
        => Read("host_label", "a=1, b=2").Select(r => r.Key).ShouldBe(["a", "b"]);

    [Fact]
    public void Names_have_no_key()
        => Read("container_ne", "Web").ShouldBe([new AffinityRule(AffinitySubject.ContainerName, "", "web", true, false)]);

    [Theory]
    [InlineData("nonsense", "a=b")]
    [InlineData("host_label", "noequals")]
    [InlineData("host_label", "")]
    public void What_is_no_rule_is_passed_over(string form, string value) => Read(form, value).ShouldBeEmpty();

    [Fact]
    public void Other_labels_are_no_rules() => AffinityRule.Of([new("a", "b")]).ShouldBeEmpty();

    private static System.Collections.Immutable.ImmutableArray<AffinityRule> Read(string form, string value)
        => AffinityRule.Of([new($"io.rancher.scheduler.affinity:{form}", value)]);
}
