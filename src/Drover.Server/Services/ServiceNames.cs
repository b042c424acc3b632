using System.Text.RegularExpressions;
using Drover.Model.Kernel;

namespace Drover.Server.Services;

/// <summary>Names of stacks, services and sidekicks: letters, digits and single hyphens inside (SVC-19).</summary>
public static partial class ServiceNames
{
    /// <summary>The longest name: a DNS label.</summary>
    public const int Longest = 63;

    /// <summary>What is wrong with a name; null where nothing is.</summary>
    public static Problem? Check(string? name)
        => string.IsNullOrEmpty(name) ? new Problem("MissingRequired", "name")
            : name.Length > Longest ? new Problem("MaxLengthExceeded", "name")
            : Form().IsMatch(name) ? null
            : new Problem("InvalidCharacters", "name");

    /// <summary>What is wrong with the alias of a link, which may have dots; null where nothing is.</summary>
    public static Problem? CheckAlias(string alias)
        => alias.Length > 253 ? new Problem("MaxLengthExceeded", "name")
            : alias.Split('.').All(part => part.Length is > 0 and <= Longest && AliasForm().IsMatch(part)) ? null
            : new Problem("InvalidCharacters", "name");

    [GeneratedRegex("^[a-zA-Z0-9](?:-?[a-zA-Z0-9])*$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex("^[a-zA-Z0-9_-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex AliasForm();
}
