using System.Net;
using Drover.DataPlane.Dns;

namespace Drover.DataPlane.Tests.Dns;

public sealed class DnsAnswersTests
{
    private static readonly IPAddress Web1 = IPAddress.Parse("10.42.0.11");

    [Fact]
    public void A_question_for_addresses_is_answered_with_all_of_them_for_one_second()
    {
        var answer = Answer(Query("WEB.shop", DnsType.A));

        answer.Id.ShouldBe((ushort)77);
        answer.IsResponse.ShouldBeTrue();
        answer.IsAuthoritative.ShouldBeTrue();
        answer.RecursionAvailable.ShouldBeTrue();
        answer.Answers.Select(r => r.Name).ShouldAllBe(name => name == "WEB.shop");
        answer.Answers.Select(r => r.Ttl).ShouldAllBe(ttl => ttl == 1);
        answer.Answers.Select(r => ((DnsData.Address)r.Data).Value.ToString()).ShouldBe(["10.42.0.11", "10.42.0.12"]);
    }

    [Theory]
    [InlineData(DnsType.Aaaa)]
    [InlineData(DnsType.Srv)]
    [InlineData(DnsType.Txt)]
    [InlineData(DnsType.Mx)]
    public void For_a_name_of_ours_other_types_are_empty_and_no_error(DnsType type)
    {
        var answer = Answer(Query("web", type));

        answer.Code.ShouldBe(DnsCode.NoError);
        answer.Answers.ShouldBeEmpty();
    }

    [Fact]
    public void An_unknown_name_of_ours_does_not_exist_and_the_answer_carries_our_authority()
    {
        var answer = Answer(Query("nothing.rancher.internal", DnsType.A));

        answer.Code.ShouldBe(DnsCode.NameError);
        answer.Authorities.ShouldHaveSingleItem().Name.ShouldBe("rancher.internal");
    }

    [Fact]
    public void Addresses_are_named_backwards()
    {
        Answer(Query("31.0.42.10.in-addr.arpa", DnsType.Ptr)).Answers.ShouldHaveSingleItem()
            .Data.ShouldBe(new DnsData.Target("shop-db-1.rancher.internal"));
        Answer(Query("250.169.254.169.IN-ADDR.ARPA", DnsType.Ptr)).Answers.ShouldHaveSingleItem()
            .Data.ShouldBe(new DnsData.Target("rancher-metadata.rancher.internal"));
    }

    [Theory]
    [InlineData("9.9.9.9.in-addr.arpa")]
    [InlineData("300.0.42.10.in-addr.arpa")]
    [InlineData("42.10.in-addr.arpa")]
    public void Other_reverse_names_are_asked_elsewhere(string name)
        => Reply(Query(name, DnsType.Ptr)).ShouldBeOfType<DnsReply.Forward>();

    [Fact]
    public void An_external_service_with_a_host_name_is_an_alias_whose_addresses_others_know()
    {
        var environment = TestEnvironment.Shop().Service("shop", "pay", s => s with { Kind = "externalService", Hostname = "pay.example.com." });

        var chase = Reply(Query("pay", DnsType.A), environment).ShouldBeOfType<DnsReply.Chase>();

        chase.Target.ShouldBe("pay.example.com");
        chase.Message.Answers.ShouldHaveSingleItem().Data.ShouldBe(new DnsData.Target("pay.example.com"));
    }

    [Fact]
    public void An_external_service_that_names_a_container_is_answered_with_both()
    {
        var environment = TestEnvironment.Shop().Service("shop", "pay", s => s with { Kind = "externalService", Hostname = "shop-db-1.rancher.internal" });

        Answer(Query("pay", DnsType.A), environment).Answers.Select(r => r.Type).ShouldBe([DnsType.Cname, DnsType.A]);
    }

    [Theory]
    [InlineData("loop.shop.rancher.internal")]
    [InlineData("no..name")]
    public void An_external_service_that_leads_round_in_circles_or_nowhere_fails(string target)
    {
        var environment = TestEnvironment.Shop().Service("shop", "loop", s => s with { Kind = "externalService", Hostname = target });

        Answer(Query("loop", DnsType.A), environment).Code.ShouldBe(DnsCode.ServerFailure);
    }

    [Fact]
    public void External_addresses_of_both_families_are_given_by_type()
    {
        var environment = TestEnvironment.Shop().Service("shop", "mail", s => s with { Kind = "externalService", ExternalIps = ["203.0.113.5", "2001:db8::5"] });

        Answer(Query("mail", DnsType.A), environment).Answers.ShouldHaveSingleItem().Data.ShouldBe(new DnsData.Address(IPAddress.Parse("203.0.113.5")));
        Answer(Query("mail", DnsType.Aaaa), environment).Answers.ShouldHaveSingleItem().Data.ShouldBe(new DnsData.Address(IPAddress.Parse("2001:db8::5")));
    }

    [Fact]
    public void What_is_not_a_plain_question_of_the_internet_is_refused()
    {
        Answer(Query("web", DnsType.Any)).Code.ShouldBe(DnsCode.NotImplemented);
        Answer(Query("web", DnsType.A) with { Opcode = 4 }).Code.ShouldBe(DnsCode.NotImplemented);
        Answer(Query("web", DnsType.A) with { Questions = [new DnsQuestion("web", DnsType.A, 3)] }).Code.ShouldBe(DnsCode.NotImplemented);
        Answer(Query("web", DnsType.A) with { Questions = [] }).Code.ShouldBe(DnsCode.FormatError);
        Answer(Query("web", DnsType.A) with { Questions = [new("web", DnsType.A), new("db", DnsType.A)] }).Code.ShouldBe(DnsCode.FormatError);
    }

    [Fact]
    public void Edns_is_spoken_with_those_who_speak_it_up_to_version_0()
    {
        Answer(Query("web", DnsType.A)).Edns.ShouldBeNull();
        Answer(Query("web", DnsType.A) with { Edns = new DnsEdns(1232) }).Edns.ShouldBe(new DnsEdns(DnsAnswers.MaxPayload));

        var refused = Answer(Query("web", DnsType.A) with { Edns = new DnsEdns(1232, Version: 1) });
        (((int)refused.Edns!.ExtendedCode << 4) | (int)refused.Code).ShouldBe((int)DnsCode.BadVersion);
    }

    [Theory]
    [InlineData(null, 512)]
    [InlineData(100, 512)]
    [InlineData(1232, 1232)]
    [InlineData(65535, 4096)]
    public void A_udp_answer_is_as_large_as_the_asker_takes_within_bounds(int? said, int expected)
        => DnsAnswers.PayloadOf(Query("web", DnsType.A) with { Edns = said is { } size ? new DnsEdns((ushort)size) : null }).ShouldBe(expected);

    private static DnsMessage Query(string name, DnsType type)
        => new() { Id = 77, RecursionDesired = true, Questions = [new DnsQuestion(name, type)] };

    private static DnsReply Reply(DnsMessage query, TestEnvironment? environment = null)
        => DnsAnswers.Reply(query, (environment ?? TestEnvironment.Shop()).Index, Web1, 0);

    private static DnsMessage Answer(DnsMessage query, TestEnvironment? environment = null)
        => Reply(query, environment).ShouldBeOfType<DnsReply.Answer>().Message;
}
