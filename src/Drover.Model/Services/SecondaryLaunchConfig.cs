using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>The API type secondaryLaunchConfig: the launch config of a sidekick, which has a name.</summary>
[Struct("secondaryLaunchConfig", Methods = "cru", Extends = "container")]
[Allow(Roles.User | Roles.Admin, "cr")]
[Inherited("drainTimeoutMs", "-", Default = "0")]
[Inherited("name", "c", Required = true, Unique = true, MinLength = 1, MaxLength = 63, ValidChars = "a-zA-Z0-9-", NotNull = true, Filter = true)]
public sealed record SecondaryLaunchConfig : LaunchConfig;
