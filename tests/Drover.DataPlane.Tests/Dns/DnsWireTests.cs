using System.Net;
using System.Text;
using Drover.DataPlane.Dns;
using Drover.Model.Kernel;
using FsCheck;
using FsCheck.Fluent;

namespace Drover.DataPlane.Tests.Dns;

public sealed class DnsWireTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2000);

    [Fact]
    public void A_query_is_read_as_the_standard_draws_it()
    {
        var packet = Convert.FromHexString("1234" + "0100" + "0001" + "0000" + "0000" + "0000" + "03777777" + "07" + Convert.ToHexString(Encoding.ASCII.GetBytes("example")) + "03636F6D" + "00" + "0001" + "0001");

        var message = DnsReader.ReadQuery(packet).ShouldNotBeNull();

        message.Id.ShouldBe((ushort)0x1234);
        message.RecursionDesired.ShouldBeTrue();
        message.Questions.ShouldBe([new DnsQuestion("www.example.com", DnsType.A)]);
        DnsWriter.Write(message).ShouldBe(packet);
    }

    [Fact]
    public void Names_that_occur_again_are_written_as_pointers()
    {
        var message = new DnsMessage
        {
            IsResponse = true,
            Questions = [new DnsQuestion("web.shop.rancher.internal", DnsType.A)],
            Answers = [Address("web.shop.rancher.internal", "10.42.0.1"), Address("db.shop.rancher.internal", "10.42.0.2")],
        };

        var packet = DnsWriter.Write(message);

        Convert.ToHexString(packet).ShouldContain("C00C00010001");
        Convert.ToHexString(packet).ShouldContain("026462C010");
        DnsReader.Read(packet).ShouldBe(message);
    }

    [Fact]
    public void Any_message_that_is_written_is_read_back_the_same()
        => Check.One(Many, Prop.ForAll(Messages().ToArbitrary(), message => message == DnsReader.Read(DnsWriter.Write(message))));

    [Fact]
    public void A_message_never_grows_over_its_limit_and_says_when_it_was_cut()
        => Check.One(Many, Prop.ForAll(Messages().ToArbitrary(), message =>
        {
            var packet = DnsWriter.Write(message, 512);
            var read = DnsReader.Read(packet);
            return packet.Length <= 512
                && read is not null
                && read.Answers.Items.SequenceEqual(message.Answers.Items.Take(read.Answers.Count))
                && (read.IsTruncated || read.Answers == message.Answers)
                && (read.Edns is null) == (message.Edns is null);
        }));

    [Fact]
    public void Random_bytes_are_read_without_an_exception()
        => Check.One(Many, Prop.ForAll(Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf().ToArbitrary(), bytes =>
        {
            DnsReader.ReadQuery(bytes);
            return Reads(bytes);
        }));

    [Fact]
    public void Messages_with_flipped_and_missing_bytes_are_read_without_an_exception()
        => Check.One(Many, Prop.ForAll(Damaged().ToArbitrary(), Reads));

    [Theory]
    [InlineData("a pointer to itself", "C00C")]
    [InlineData("a pointer forwards", "C010")]
    [InlineData("a pointer beyond the end", "FFFF")]
    [InlineData("half a pointer", "C0")]
    [InlineData("a label beyond the end", "3F61")]
    [InlineData("a reserved length", "8061")]
    [InlineData("no end", "0161")]
    public void Malformed_names_are_refused(string what, string name)
        => DnsReader.Read(Convert.FromHexString("000001000001000000000000" + name)).ShouldBeNull(what);

    [Fact]
    public void A_chain_of_pointers_is_followed_but_a_name_longer_than_the_standard_allows_is_not()
    {
        var label = "3F" + string.Concat(Enumerable.Repeat("61", 63));
        var long4 = string.Concat(Enumerable.Repeat(label, 4)) + "00";
        DnsReader.Read(Convert.FromHexString("000001000001000000000000" + long4 + "00010001")).ShouldBeNull();

        var message = "000001000002000000000000" + "016100" + "00010001" + "0162C00C" + "00010001";
        DnsReader.Read(Convert.FromHexString(message)).ShouldNotBeNull().Questions.Select(q => q.Name).ShouldBe(["a", "b.a"]);
    }

    [Fact]
    public void A_header_that_promises_much_and_holds_nothing_costs_nothing()
    {
        var packet = Convert.FromHexString("00008000FFFFFFFFFFFFFFFF");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) DnsReader.Read(packet).ShouldBeNull();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000 * 1024);
    }

    [Theory]
    [InlineData("000080000001000000000000" + "0161000001" + "0001", "an answer")]
    [InlineData("00000100FFFF000000000000", "too many questions")]
    [InlineData("000001000001000100000000" + "01610000010001" + "0161000001000100000000000401020304", "records that a question does not carry")]
    [InlineData("0000", "too short")]
    public void What_is_no_question_is_not_taken_for_one(string packet, string what)
        => DnsReader.ReadQuery(Convert.FromHexString(packet)).ShouldBeNull(what);

    [Theory]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("ä")]
    [InlineData("a\\")]
    [InlineData("a\\999")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Text_that_is_no_name_is_refused(string name) => DnsName.TrySplit(name, out _).ShouldBeFalse();

    [Fact]
    public void Dots_backslashes_and_control_characters_within_a_label_are_escaped()
    {
        DnsName.TrySplit("a\\.b\\\\\\007.c", out var labels).ShouldBeTrue();
        labels.Select(Convert.ToHexString).ShouldBe(["612E625C07", "63"]);
    }

    private static bool Reads(byte[] bytes)
    {
        DnsReader.Read(bytes);
        return true;
    }

    private static DnsRecord Address(string name, string address)
        => new(name, DnsType.A, DnsMessage.Internet, 1, new DnsData.Address(IPAddress.Parse(address)));

    private static Gen<byte> Byte() => Gen.Choose(0, 255).Select(i => (byte)i);

    private static Gen<string> Name()
    {
        var plain = Gen.Elements("web", "db", "shop", "rancher", "internal", "a", "WEB");
        var odd = Byte().NonEmptyListOf().Select(bytes => Text([.. bytes.Take(20)]));
        return Gen.Frequency((5, plain), (1, odd)).ListOf().Select(labels => string.Join('.', labels.Take(6)));
    }

    private static string Text(byte[] label)
    {
        byte[] packet = [(byte)label.Length, .. label, 0];
        var at = 0;
        DnsName.TryRead(packet, ref at, out var name).ShouldBeTrue();
        return name;
    }

    private static Gen<DnsRecord> Record()
    {
        var number = Gen.Choose(0, int.MaxValue).Select(i => (uint)i * 2);
        var bytes = Byte().ListOf().Select(b => new EquatableArray<byte>([.. b]));
        var data = Gen.OneOf(
            from b in Byte().ArrayOf(4) select (DnsType.A, (DnsData)new DnsData.Address(new IPAddress(b))),
            from b in Byte().ArrayOf(16) select (DnsType.Aaaa, (DnsData)new DnsData.Address(new IPAddress(b))),
            from t in Gen.Elements(DnsType.Cname, DnsType.Ns, DnsType.Ptr) from n in Name() select (t, (DnsData)new DnsData.Target(n)),
            from a in Name() from b in Name() from n in number.ArrayOf(5) select (DnsType.Soa, (DnsData)new DnsData.StartOfAuthority(a, b, n[0], n[1], n[2], n[3], n[4])),
            from t in Gen.Elements(DnsType.Txt, DnsType.Srv, DnsType.Mx, (DnsType)999) from b in bytes select (t, (DnsData)new DnsData.Raw(b)));
        return from name in Name() from ttl in number from d in data select new DnsRecord(name, d.Item1, DnsMessage.Internet, ttl, d.Item2);
    }

    private static Gen<DnsMessage> Messages()
    {
        var records = Record().ListOf().Select(r => new EquatableArray<DnsRecord>([.. r]));
        var edns = from size in Gen.Choose(0, 65535)
                   from ok in Gen.Elements(true, false)
                   from version in Byte()
                   from b in Byte().ListOf()
                   select new DnsEdns((ushort)size, 0, version, ok) { Options = [.. b.Take(30)] };
        return from id in Gen.Choose(0, 65535)
               from bits in Gen.Choose(0, 31)
               from opcode in Gen.Choose(0, 15)
               from code in Gen.Choose(0, 15)
               from reserved in Gen.Choose(0, 7)
               from question in Name()
               from answers in records
               from authorities in records
               from additionals in records
               from speaks in Gen.Elements(true, false)
               from option in edns
               select new DnsMessage
               {
                   Id = (ushort)id,
                   IsResponse = (bits & 1) != 0,
                   IsAuthoritative = (bits & 2) != 0,
                   IsTruncated = (bits & 4) != 0,
                   RecursionDesired = (bits & 8) != 0,
                   RecursionAvailable = (bits & 16) != 0,
                   Opcode = opcode,
                   Code = (DnsCode)code,
                   Reserved = reserved,
                   Questions = [new DnsQuestion(question, DnsType.A)],
                   Answers = answers,
                   Authorities = authorities,
                   Additionals = additionals,
                   Edns = speaks ? option : null,
               };
    }

    private static Gen<byte[]> Damaged()
        => from message in Messages()
           from position in Gen.Choose(0, 4000)
           from value in Byte()
           from cut in Gen.Choose(0, 3)
           select Damage(DnsWriter.Write(message), position, value, cut);

    private static byte[] Damage(byte[] packet, int position, byte value, int cut)
    {
        packet[position % packet.Length] = value;
        return packet[..^Math.Min(cut, packet.Length)];
    }
}
