using System.Collections.Immutable;
using Drover.Model.Accounts;

namespace Drover.Server.SignIn.Memberships;

/// <summary>A person who was asked about, and the answer; null where the provider cannot be asked without the person.</summary>
public sealed record MembershipAnswer(Account Person, Membership? Said);

/// <summary>A person whom an answer changes.</summary>
public sealed record MembershipChange(Account Before, Account After, Membership? Said);

/// <summary>What the answers of one round make of the people they are about.</summary>
/// <param name="Changed">The accounts that change.</param>
/// <param name="Disbelieved">So many people at once are said to be gone that none of them is taken for gone; 0 where all is believed.</param>
public sealed record MembershipPlan(ImmutableArray<MembershipChange> Changed, int Disbelieved)
{
    /// <summary>More than these, and more than half of all, do not leave at once: somebody moved a subtree or took a right to read away.</summary>
    public const int Handful = 5;

    /// <summary>Decides.</summary>
    /// <param name="answers">One per person.</param>
    /// <param name="endOf">When the newest session of an account is over; now where it has none.</param>
    public static MembershipPlan Of(IReadOnlyList<MembershipAnswer> answers, Func<long, DateTimeOffset> endOf)
    {
        var leaving = answers.Count(a => a is { Said.IsGone: true, Person.IsGone: false });
        var isBelieved = leaving <= Handful || leaving * 2 <= answers.Count(a => a.Said is not null);
        var changed = ImmutableArray.CreateBuilder<MembershipChange>();
        foreach (var answer in answers)
        {
            var after = After(answer, isBelieved, endOf);
            if (after != answer.Person) changed.Add(new(answer.Person, after, answer.Said));
        }

        return new MembershipPlan(changed.ToImmutable(), isBelieved ? 0 : leaving);
    }

    private static Account After(MembershipAnswer answer, bool isBelieved, Func<long, DateTimeOffset> endOf) => answer switch
    {
        { Said: null, Person: { KnownUntil: null, KnownAs.Count: > 0 } person } => person with { KnownUntil = endOf(person.Id) },
        { Said: null } => answer.Person,
        { Said.IsGone: true } => isBelieved ? answer.Person with { IsGone = true } : answer.Person,
        _ => answer.Person with { IsGone = false, KnownUntil = null, KnownAs = Identities.KeysOf(answer.Said.Groups) },
    };
}
