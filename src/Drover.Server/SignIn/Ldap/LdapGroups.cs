using System.DirectoryServices.Protocols;

namespace Drover.Server.SignIn.Ldap;

/// <summary>The groups of a person and the groups that those are in, level by level, each once: rings of groups end.</summary>
public static class LdapGroups
{
    /// <summary>Levels of groups in groups at most.</summary>
    public const int MostLevels = 16;

    /// <summary>Groups of one person at most.</summary>
    public const int MostGroups = 1000;

    /// <summary>Names in one filter.</summary>
    private const int Batch = 50;

    /// <summary>All groups of a person, found both ways: those that the person's entry names, and those that name the person.</summary>
    public static IReadOnlyList<SearchResultEntry> Of(LdapSession session, LdapSettings settings, SearchResultEntry person)
    {
        var groups = new Dictionary<string, SearchResultEntry>(StringComparer.OrdinalIgnoreCase);
        var level = Direct(session, settings, [person], settings.User.MemberOf);
        for (var depth = 0; level.Count > 0 && depth < MostLevels && groups.Count < MostGroups; depth++)
        {
            var fresh = level.Where(group => groups.TryAdd(group.DistinguishedName, group)).ToList();
            level = fresh.Count == 0 ? [] : Direct(session, settings, fresh, "memberOf");
        }

        return [.. groups.Values];
    }

    /// <summary>The texts of an attribute; empty where the entry has none.</summary>
    public static IEnumerable<string> Values(SearchResultEntry entry, string attribute)
        => entry.Attributes[attribute] is { } values ? values.GetValues(typeof(string)).Cast<string>() : [];

    private static List<SearchResultEntry> Direct(LdapSession session, LdapSettings settings, List<SearchResultEntry> members, string? memberOf)
    {
        var found = new List<SearchResultEntry>();
        if (memberOf is not null)
            foreach (var dn in members.SelectMany(member => Values(member, memberOf)).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostGroups))
                if (session.Read(dn, settings.Group.All) is { } group && Values(group, "objectClass").Contains(settings.Group.ObjectClass, StringComparer.OrdinalIgnoreCase))
                    found.Add(group);
        if (settings.Group is { Member: { } attribute, MemberValue: { } value })
            foreach (var names in members.Select(member => NameIn(member, value)).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Chunk(Batch))
                found.AddRange(session.Search(settings.GroupBase, LdapFilter.Any(settings.Group.ObjectClass, attribute, names), settings.Group.All));
        return found;
    }

    /// <summary>What stands for a member in its groups; the distinguished name is no attribute that every directory keeps.</summary>
    private static string? NameIn(SearchResultEntry member, string attribute)
        => attribute.Equals("entryDN", StringComparison.OrdinalIgnoreCase) || attribute.Equals("distinguishedName", StringComparison.OrdinalIgnoreCase) || attribute.Equals("dn", StringComparison.OrdinalIgnoreCase)
            ? member.DistinguishedName
            : Values(member, attribute).FirstOrDefault();
}
