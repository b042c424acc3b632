using System.Net;
using Drover.DataPlane.Dns;

namespace Drover.DataPlane.Tests.Dns;

public sealed class DnsCacheTests
{
    private readonly SteppedTime _time = new();

    [Fact]
    public void A_kept_answer_gets_the_askers_id_and_ages()
    {
        var cache = new DnsCache(10, _time);
        cache.Keep("k", Answer(30));
        _time.Advance(TimeSpan.FromSeconds(12));

        var found = DnsReader.Read(cache.Find("k", 99)).ShouldNotBeNull();

        found.Id.ShouldBe((ushort)99);
        found.Answers.ShouldHaveSingleItem().Ttl.ShouldBe(18u);
        found.Edns.ShouldBe(new DnsEdns(1232, IsDnssecOk: true));
    }

    [Fact]
    public void An_answer_is_forgotten_with_its_shortest_record()
    {
        var cache = new DnsCache(10, _time);
        cache.Keep("k", Answer(30));
        _time.Advance(TimeSpan.FromSeconds(30));

        cache.Find("k", 1).ShouldBeNull();
        cache.Count.ShouldBe(0);
    }

    [Fact]
    public void Nothing_is_kept_longer_than_five_minutes()
    {
        var cache = new DnsCache(10, _time);
        cache.Keep("k", Answer(86400));
        _time.Advance(TimeSpan.FromSeconds(299));
        cache.Find("k", 1).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromSeconds(1));
        cache.Find("k", 1).ShouldBeNull();
    }

    [Fact]
    public void Of_too_many_the_one_not_used_for_longest_goes()
    {
        var cache = new DnsCache(2, _time);
        cache.Keep("a", Answer(30));
        cache.Keep("b", Answer(30));
        cache.Find("a", 1);
        cache.Keep("c", Answer(30));

        cache.Count.ShouldBe(2);
        cache.Find("b", 1).ShouldBeNull();
        cache.Find("a", 1).ShouldNotBeNull();
    }

    [Fact]
    public void An_empty_answer_lasts_as_its_authority_says()
    {
        var cache = new DnsCache(10, _time);
        cache.Keep("k", DnsWriter.Write(Message(30) with
        {
            Code = DnsCode.NameError,
            Answers = [],
            Authorities = [new DnsRecord("com", DnsType.Soa, 1, 900, new DnsData.StartOfAuthority("a", "b", 1, 2, 3, 4, 20))],
        }));
        _time.Advance(TimeSpan.FromSeconds(19));
        cache.Find("k", 1).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromSeconds(1));
        cache.Find("k", 1).ShouldBeNull();
    }

    [Fact]
    public void Failures_cut_answers_and_rubbish_are_not_kept()
    {
        var cache = new DnsCache(10, _time);
        cache.Keep("failed", DnsWriter.Write(Message(30) with { Code = DnsCode.ServerFailure }));
        cache.Keep("cut", DnsWriter.Write(Message(30) with { IsTruncated = true }));
        cache.Keep("short", Answer(0));
        cache.Keep("empty", DnsWriter.Write(Message(30) with { Answers = [] }));
        cache.Keep("rubbish", [1, 2, 3]);

        cache.Count.ShouldBe(0);
    }

    private static byte[] Answer(uint ttl) => DnsWriter.Write(Message(ttl));

    private static DnsMessage Message(uint ttl) => new()
    {
        IsResponse = true,
        Questions = [new DnsQuestion("example.com", DnsType.A)],
        Answers = [new DnsRecord("example.com", DnsType.A, 1, ttl, new DnsData.Address(IPAddress.Loopback))],
        Edns = new DnsEdns(1232, IsDnssecOk: true),
    };
}
