namespace Drover.Model.Kernel;

/// <summary>The methods that each role has on a type, as letters of c, r, u, d.</summary>
public sealed class MethodRights
{
    private readonly string[] _byRole = new string[16];

    /// <param name="rule">What an environment's people and the platform's services may do; the other roles read where it holds an r.</param>
    /// <param name="exceptions">Methods of single roles, laid over the rule.</param>
    public MethodRights(string rule, IEnumerable<AllowAttribute> exceptions)
    {
        Array.Fill(_byRole, "");
        Set(Roles.Superadmin, "crud");
        Set((Roles.Users & ~Roles.User) | Roles.Service, rule);
        Set(Roles.User | Roles.Admin | Roles.Readers, rule.Contains('r', StringComparison.Ordinal) ? "r" : "");
        foreach (var exception in exceptions) Set(exception.Roles, exception.Methods);
    }

    /// <summary>The methods of exactly one role; "" where the type does not exist for it.</summary>
    public string Of(Roles role) => _byRole[System.Numerics.BitOperations.TrailingZeroCount((int)role)];

    private void Set(Roles roles, string methods)
    {
        for (var i = 0; i < _byRole.Length; i++)
            if (((int)roles & (1 << i)) != 0)
                _byRole[i] = methods;
    }
}
