using System.Collections.Immutable;
using Drover.Server.Networks;
using FsCheck;
using FsCheck.Fluent;

namespace Drover.Server.Tests.Networks;

public sealed class AddressPlannerTests
{
    private static readonly uint First = Addresses.Parse("10.42.0.2")!.Value;
    private static readonly uint Last = Addresses.Parse("10.42.0.190")!.Value;

    [Fact]
    public void The_lowest_free_address_of_the_hosts_block_is_given()
        => Plan(blocks: ["10.42.0.64/26"], taken: ["10.42.0.64", "10.42.0.66"]).ShouldBe("10.42.0.67");

    [Fact]
    public void The_hosts_own_address_is_never_given()
    {
        Plan(blocks: ["10.42.0.64/26"], taken: ["10.42.0.64"]).ShouldBe("10.42.0.66");
        Plan(blocks: ["10.42.0.0/26"]).ShouldBe("10.42.0.2");
        Plan(blocks: ["10.42.0.0/26"], wishes: ["10.42.0.65", "10.42.0.1"]).ShouldBe("10.42.0.2");
    }

    [Fact]
    public void An_address_that_was_given_back_a_moment_ago_rests()
        => Plan(blocks: ["10.42.0.0/26"], resting: ["10.42.0.2", "10.42.0.3"]).ShouldBe("10.42.0.4");

    [Fact]
    public void A_host_without_a_block_leases_the_lowest_that_nobody_has()
        => Plan(leased: ["10.42.0.0/26"]).ShouldBe("10.42.0.64 with 10.42.0.64/26");

    [Fact]
    public void A_host_whose_blocks_are_full_or_resting_leases_another()
    {
        var all = Enumerable.Range(2, 62).Select(i => $"10.42.0.{i}").ToArray();
        Plan(blocks: ["10.42.0.0/26"], taken: all).ShouldBe("10.42.0.64 with 10.42.0.64/26");
        Plan(blocks: ["10.42.0.0/26"], resting: all).ShouldBe("10.42.0.64 with 10.42.0.64/26");
    }

    [Fact]
    public void A_block_whose_addresses_are_all_taken_by_others_is_not_leased()
        => Plan(taken: [.. Enumerable.Range(2, 62).Select(i => $"10.42.0.{i}")]).ShouldBe("10.42.0.64 with 10.42.0.64/26");

    [Fact]
    public void Where_no_block_is_left_even_a_resting_address_is_given()
        => Plan(blocks: ["10.42.0.0/26"], leased: ["10.42.0.64/26", "10.42.0.128/26"], resting: [.. Enumerable.Range(2, 62).Select(i => $"10.42.0.{i}")]).ShouldBe("10.42.0.2");

    [Fact]
    public void Where_nothing_is_left_there_is_no_address()
        => Plan(blocks: ["10.42.0.0/26"], leased: ["10.42.0.64/26", "10.42.0.128/26"], taken: [.. Enumerable.Range(2, 62).Select(i => $"10.42.0.{i}")]).ShouldBeNull();

    [Fact]
    public void The_first_free_wish_is_granted_wherever_it_lies_and_though_it_rests()
    {
        Plan(blocks: ["10.42.0.0/26"], leased: ["10.42.0.64/26"], taken: ["10.42.0.70"], resting: ["10.42.0.71"], wishes: ["10.42.0.70", "10.42.0.71"]).ShouldBe("10.42.0.71");
        Plan(blocks: ["10.42.0.0/26"], wishes: ["10.43.0.9", "10.42.0.191", "10.42.0.0"]).ShouldBe("10.42.0.2");
    }

    [Theory]
    [InlineData("10.42.0.64/26", "10.42.0.64/26")]
    [InlineData("10.42.0.0/16", null)]
    [InlineData("10.42.0.65/26", "10.42.0.64/26")]
    [InlineData("fd00::/26", null)]
    [InlineData("rubbish", null)]
    public void Blocks_are_read_as_they_are_written(string text, string? expected) => (AddressBlock.Parse(text)?.ToString()).ShouldBe(expected);

    [Theory]
    [InlineData("10.42.0.1", "10.42.0.1")]
    [InlineData("10.42.1", null)]
    [InlineData("010.42.0.1", null)]
    [InlineData("::1", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Only_whole_ipv4_addresses_are_read(string? text, string? expected)
        => (Addresses.Parse(text) is { } number ? Addresses.Text(number) : null).ShouldBe(expected);

    [Fact]
    public void However_hosts_come_and_go_no_address_is_given_twice_and_each_lies_in_a_block_of_its_host()
        => Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(Histories().ToArbitrary(), history =>
        {
            var blocks = new Dictionary<int, ImmutableArray<AddressBlock>>();
            var taken = new Dictionary<uint, int>();
            foreach (var (host, gives) in history)
            {
                var own = blocks.GetValueOrDefault(host, []);
                if (gives)
                {
                    if (taken.Where(t => t.Value == host).Select(t => t.Key).FirstOrDefault() is var back and not 0) taken.Remove(back);
                    continue;
                }

                var others = blocks.Where(b => b.Key != host).SelectMany(b => b.Value).ToHashSet();
                if (AddressPlanner.Plan(new AddressSpace(First, Last, taken.ContainsKey, _ => false, others.Contains), own, []) is not { } plan) continue;
                if (plan.NewBlock is { } block) blocks[host] = own = [.. own, block];
                if (!taken.TryAdd(plan.Address, host) || !own.Any(b => b.Holds(plan.Address)) || others.Any(b => b.Holds(plan.Address))) return false;
            }

            return true;
        }));

    private static Gen<(int Host, bool Gives)[]> Histories()
        => (from host in Gen.Choose(1, 4) from gives in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true))) select (host, gives)).ArrayOf(250);

    private static string? Plan(string[]? blocks = null, string[]? leased = null, string[]? taken = null, string[]? resting = null, string[]? wishes = null)
    {
        var space = new AddressSpace(
            First,
            Last,
            address => taken?.Contains(Addresses.Text(address)) == true,
            address => resting?.Contains(Addresses.Text(address)) == true,
            block => leased?.Contains(block.ToString()) == true);
        var plan = AddressPlanner.Plan(space, [.. (blocks ?? []).Select(b => AddressBlock.Parse(b)!.Value)], (wishes ?? []).Select(w => Addresses.Parse(w)!.Value));
        return plan is null ? null : Addresses.Text(plan.Address) + (plan.NewBlock is { } block ? $" with {block}" : "");
    }
}
