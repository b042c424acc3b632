using Drover.Model.Accounts;
using Drover.Model.Kernel;
using Drover.Server.SignIn;
using Drover.Server.SignIn.Memberships;

namespace Drover.Server.Tests.SignIn.Memberships;

public sealed class MembershipPlanTests
{
    private static readonly DateTimeOffset End = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Account Ann = new() { Id = 7, ExternalId = "ann", ExternalIdType = "ldap_user", KnownAs = new[] { "ldap_group:devs" }.ToEquatableArray(), KnownUntil = End };

    [Fact]
    public void Groups_are_what_the_provider_says_now_and_hold_until_it_says_something_else()
    {
        var change = Plan(new MembershipAnswer(Ann, new(false, [Group("ops")]))).Changed.ShouldHaveSingleItem();

        change.After.ShouldBe(Ann with { KnownAs = new[] { "ldap_group:ops" }.ToEquatableArray(), KnownUntil = null });
        change.Before.ShouldBe(Ann);
    }

    [Fact]
    public void An_answer_that_is_known_changes_nothing()
        => Plan(new MembershipAnswer(Ann with { KnownUntil = null }, new(false, [Group("devs")]))).Changed.ShouldBeEmpty();

    [Fact]
    public void Who_is_gone_and_comes_back_is_in_again()
    {
        Plan(new MembershipAnswer(Ann, Membership.Gone)).Changed.Single().After.ShouldBe(Ann with { IsGone = true });
        Plan(new MembershipAnswer(Ann with { IsGone = true }, new(false, [Group("devs")]))).Changed.Single().After.IsGone.ShouldBeFalse();
    }

    [Fact]
    public void What_cannot_be_asked_any_more_holds_until_the_newest_session_is_over()
    {
        Plan(new MembershipAnswer(Ann with { KnownUntil = null }, null)).Changed.Single().After.KnownUntil.ShouldBe(End);
        Plan(new MembershipAnswer(Ann, null)).Changed.ShouldBeEmpty();
        Plan(new MembershipAnswer(Ann with { KnownUntil = null, KnownAs = default }, null)).Changed.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(5, 0, 5)]
    [InlineData(6, 0, 0)]
    [InlineData(6, 5, 0)]
    [InlineData(6, 6, 6)]
    public void More_than_a_handful_and_more_than_half_are_not_gone_at_once(int gone, int there, int believed)
    {
        MembershipAnswer[] answers =
        [
            .. Enumerable.Range(0, gone).Select(id => new MembershipAnswer(Ann with { Id = id, KnownUntil = null }, Membership.Gone)),
            .. Enumerable.Range(100, there).Select(id => new MembershipAnswer(Ann with { Id = id, KnownUntil = null }, new(false, [Group("devs")]))),
        ];

        var plan = Plan(answers);

        plan.Changed.Count(c => c.After.IsGone).ShouldBe(believed);
        plan.Disbelieved.ShouldBe(gone - believed);
    }

    private static MembershipPlan Plan(params MembershipAnswer[] answers) => MembershipPlan.Of(answers, _ => End);

    private static Identity Group(string name) => new() { ExternalIdType = "ldap_group", ExternalId = name };
}
