namespace Drover.Model.Kernel;

/// <summary>What one role may do with one field.</summary>
[Flags]
public enum Access
{
    /// <summary>The field does not exist for the role.</summary>
    None = 0,
    Read = 1,
    Create = 2,
    Update = 4,

    /// <summary>Shown only in answers to a POST (secrets, keys).</summary>
    Once = 8,
}

/// <summary>The field rights of all roles, from a short notation: see <see cref="FieldAttribute"/>.</summary>
public sealed class FieldAccess
{
    private readonly Access[] _byRole = new Access[16];

    /// <param name="flags">The rights of an environment's people.</param>
    /// <param name="exceptions">Rights of single roles, laid over the rule.</param>
    public FieldAccess(string flags, IEnumerable<ForAttribute> exceptions)
    {
        if (flags.Length > 0) Set(Roles.Superadmin, "cu");
        switch (flags)
        {
            case "" or "-":
                break;
            case "i":
                Set(Roles.Platform | Roles.ReadAdmin, "r");
                break;
            default:
                Set(Roles.Users | Roles.Platform, flags);
                Set(Roles.Readers, flags.Contains('o', StringComparison.Ordinal) ? "o" : "r");
                break;
        }

        foreach (var exception in exceptions)
            Set(exception.Roles, exception.Flags);
    }

    /// <summary>The rights of exactly one role.</summary>
    public Access Of(Roles role) => _byRole[System.Numerics.BitOperations.TrailingZeroCount((int)role)];

    /// <summary>"cu" style notation to flags; "-" is none.</summary>
    public static Access Parse(string flags)
    {
        if (flags is "-" or "") return Access.None;
        var access = Access.Read;
        foreach (var c in flags)
        {
            access |= c switch
            {
                'r' => Access.Read,
                'c' => Access.Create,
                'u' => Access.Update,
                'o' => Access.Once,
                _ => throw new ArgumentException($"'{c}' is no right; use c, u, o, r, i or -", nameof(flags)),
            };
        }

        return access;
    }

    private void Set(Roles roles, string flags)
    {
        var access = Parse(flags);
        for (var i = 0; i < _byRole.Length; i++)
            if (((int)roles & (1 << i)) != 0)
                _byRole[i] = access;
    }
}
