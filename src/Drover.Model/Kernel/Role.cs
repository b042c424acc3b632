namespace Drover.Model.Kernel;

/// <summary>What a caller is to the API: one schema collection each (api-auth.md section 1).</summary>
[Flags]
public enum Roles
{
    None = 0,
    Superadmin = 1,
    Admin = 1 << 1,
    Service = 1 << 2,
    User = 1 << 3,
    Project = 1 << 4,
    Environment = 1 << 5,
    ProjectAdmin = 1 << 6,
    Owner = 1 << 7,
    Member = 1 << 8,
    Restricted = 1 << 9,
    ReadOnly = 1 << 10,
    ReadAdmin = 1 << 11,
    Agent = 1 << 12,
    AgentRegister = 1 << 13,
    Register = 1 << 14,
    Token = 1 << 15,

    /// <summary>The people of an environment and the keys that act for it.</summary>
    Users = User | Project | Environment | ProjectAdmin | Owner | Member | Restricted,

    /// <summary>Those who see what is internal to the platform.</summary>
    Platform = Admin | Service,

    /// <summary>Those who may only look.</summary>
    Readers = ReadOnly | ReadAdmin,

    /// <summary>Everyone who sees an ordinary kind.</summary>
    Everyone = Superadmin | Platform | Users | Readers,
}
