using Drover.Model.Containers;
using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Store.Codec;
using Drover.Store.Journal;

namespace Drover.Store.Tests.Codec;

public sealed class RecordCodecTests
{
    private static readonly CodecTable Codecs = Table([]);

    public static TheoryData<string> Records => new(RecordShape.All(Catalog.All).Select(shape => shape.Name));

    [Theory, MemberData(nameof(Records))]
    public void Every_declared_record_comes_back_as_it_was_written(string name)
    {
        var type = RecordShape.All(Catalog.All).Single(shape => shape.Name == name).ClrType;
        var records = new RandomRecords(new Random(name.Length));
        for (var i = 0; i < 40; i++)
        {
            var record = records.Of(type);
            var pool = i % 2 == 0 ? null : new InternPool();

            var read = Read(type, Written(type, record), pool);

            read.ShouldBe(record);
        }
    }

    [Theory, MemberData(nameof(Records))]
    public void What_changed_laid_over_the_old_record_is_the_new_one(string name)
    {
        var type = RecordShape.All(Catalog.All).Single(shape => shape.Name == name).ClrType;
        var records = new RandomRecords(new Random(name.Length + 1));
        for (var i = 0; i < 40; i++)
        {
            var (before, after) = (records.Of(type), records.Of(type));
            var writer = new ByteWriter();
            Codecs.Of(type).WriteChanges(writer, before, after);

            var reader = new ByteReader(writer.Written);
            Codecs.Of(type).ReadChanges(ref reader, before).ShouldBe(after);
            reader.AtEnd.ShouldBeTrue();
        }
    }

    [Fact]
    public void Names_of_records_are_unique()
        => RecordShape.All(Catalog.All).GroupBy(shape => shape.Name).Where(names => names.Count() > 1).ShouldBeEmpty();

    [Fact]
    public void A_new_record_takes_one_byte()
        => Written(typeof(Container), new Container()).Length.ShouldBe(1);

    [Fact]
    public void A_changed_state_takes_few_bytes()
    {
        var writer = new ByteWriter();
        var before = new ContainerSeen { State = "starting", ExternalId = new string('a', 64), Generation = 1 };

        Codecs.Of(typeof(ContainerSeen)).WriteChanges(writer, before, before with { State = "running", Generation = 2 });

        writer.Length.ShouldBeLessThan(16);
    }

    [Fact]
    public void Nothing_changed_gives_the_very_same_record_back()
    {
        var before = new Service { Name = "web" };
        var writer = new ByteWriter();
        Codecs.Of(typeof(Service)).WriteChanges(writer, before, before with { });

        var reader = new ByteReader(writer.Written);
        Codecs.Of(typeof(Service)).ReadChanges(ref reader, before).ShouldBeSameAs(before);
    }

    [Fact]
    public void Containers_of_one_service_share_one_spec_after_reading()
    {
        var pool = new InternPool();
        Container Make(string name) => new() { Name = name, Spec = new ContainerSpec { ImageUuid = "docker:nginx", Environment = EquatableMap.Of(("A", "b")) } };

        var one = (Container)Read(typeof(Container), Written(typeof(Container), Make("one")), pool);
        var two = (Container)Read(typeof(Container), Written(typeof(Container), Make("two")), pool);

        two.Spec.ShouldBeSameAs(one.Spec);
        one.Spec.ImageUuid.ShouldBe("docker:nginx");
    }

    [Fact]
    public void A_field_that_the_declarations_no_longer_have_is_passed_over()
    {
        var all = RecordShape.All(Catalog.All);
        var old = new NameTable([], [], all).Added;
        var renamed = old.Select(name => name is { Record: "service", Member: "vip" or "links" or "scale" or "running" } ? name with { Member = name.Member + "Gone" } : name).ToArray();
        var written = Written(typeof(Service), new Service { Name = "web", Vip = "10.0.0.1", Links = EquatableMap.Of(("db", 3L)), Scale = 7, Running = true, Description = "kept" });

        var read = (Service)Read(typeof(Service), written, null, Table(renamed));

        read.ShouldBe(new Service { Name = "web", Description = "kept" });
    }

    [Fact]
    public void A_field_that_changed_its_type_is_passed_over_and_gets_a_new_number()
    {
        var all = RecordShape.All(Catalog.All);
        var old = new NameTable([], [], all).Added;
        var retyped = old.Select(name => name is { Record: "service", Member: "vip" } ? name with { Type = "number" } : name).ToArray();
        var table = new NameTable(retyped, [], all);

        table.Added.ShouldHaveSingleItem().ShouldBe(new StoredName("service", "vip", "text", old.Count(name => name.Record == "service") + 1));
    }

    [Fact]
    public void A_new_field_leaves_the_numbers_of_the_others_alone()
    {
        var all = RecordShape.All(Catalog.All);
        var without = new NameTable([], [], all).Added.Where(name => name is not { Record: "service", Member: "description" }).ToArray();
        var last = without.Where(name => name.Record == "service").Max(name => name.Number);

        var table = new NameTable(without, [], all);

        table.Added.ShouldHaveSingleItem().ShouldBe(new StoredName("service", "description", "text", last + 1));
    }

    [Fact]
    public void Secrets_are_blanked_in_what_people_read()
    {
        var json = Codecs.Of(typeof(ApiKey)).Json(new ApiKey { PublicValue = "AK", SecretValue = "SK", SecretHash = "SH" });

        json.ToJsonString().ShouldBe("""{"publicValue":"AK","secretHash":"(hidden)","secretValue":"(hidden)"}""");
    }

    [Fact]
    public void Bytes_that_end_too_early_are_refused()
    {
        var written = Written(typeof(Service), new Service { Name = "web", Scale = 300 });
        for (var length = 0; length < written.Length; length++)
        {
            var cut = written[..length];
            Should.Throw<InvalidDataException>(() => Read(typeof(Service), cut));
        }
    }

    private static CodecTable Table(IEnumerable<StoredName> stored)
    {
        var shapes = RecordShape.All(Catalog.All);
        return new CodecTable(new NameTable(stored, Catalog.All.Kinds.Select(kind => (kind.Name, kind.Family)), shapes), shapes);
    }

    private static byte[] Written(Type type, object record, CodecTable? codecs = null)
    {
        var writer = new ByteWriter(1);
        (codecs ?? Codecs).Of(type).Write(writer, record);
        return writer.Written.ToArray();
    }

    private static object Read(Type type, byte[] bytes, InternPool? pool = null, CodecTable? codecs = null)
    {
        var reader = new ByteReader(bytes, pool);
        return (codecs ?? Codecs).Of(type).Read(ref reader);
    }
}
