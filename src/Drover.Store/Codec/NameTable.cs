using System.Collections.Immutable;
using Drover.Store.Journal;

namespace Drover.Store.Codec;

/// <summary>Names and numbers of everything that is stored. Numbers are never given anew, so that fields may come and go.</summary>
internal sealed class NameTable
{
    private const string KindsOf = "";
    private const string FamiliesOf = "families";
    private readonly Dictionary<(string, string, string), int> _numbers = [];
    private readonly Dictionary<(string, int), StoredName> _names = [];
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);

    /// <param name="stored">What the journal knows.</param>
    /// <param name="kinds">Name and family of each kind declared now.</param>
    /// <param name="shapes">The records declared now.</param>
    public NameTable(IEnumerable<StoredName> stored, IEnumerable<(string Kind, string Family)> kinds, ImmutableArray<RecordShape> shapes)
    {
        foreach (var name in stored) Take(name);
        var added = ImmutableArray.CreateBuilder<StoredName>();
        foreach (var (kind, family) in kinds)
        {
            Add(KindsOf, kind, "kind");
            Add(FamiliesOf, family, "family");
        }

        foreach (var shape in shapes)
            foreach (var member in shape.Members)
                Add(shape.Name, member.Name, member.Type);
        Added = added.ToImmutable();

        void Add(string record, string member, string type)
        {
            if (_numbers.ContainsKey((record, member, type))) return;
            var name = new StoredName(record, member, type, _last.GetValueOrDefault(record) + 1);
            Take(name);
            added.Add(name);
        }
    }

    /// <summary>Names that the journal must learn before anything is written with them.</summary>
    public ImmutableArray<StoredName> Added { get; }

    public int OfMember(string record, MemberShape member) => _numbers[(record, member.Name, member.Type)];

    public int OfKind(string kind) => _numbers[(KindsOf, kind, "kind")];

    public int OfFamily(string family) => _numbers[(FamiliesOf, family, "family")];

    /// <summary>The kind with this number; null where the data is damaged.</summary>
    public string? Kind(int number) => _names.GetValueOrDefault((KindsOf, number))?.Member;

    public string? Family(int number) => _names.GetValueOrDefault((FamiliesOf, number))?.Member;

    private void Take(StoredName name)
    {
        _numbers[(name.Record, name.Member, name.Type)] = name.Number;
        _names[(name.Record, name.Number)] = name;
        if (name.Number > _last.GetValueOrDefault(name.Record)) _last[name.Record] = name.Number;
    }
}
