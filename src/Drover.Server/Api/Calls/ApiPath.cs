using System.Collections.Immutable;

namespace Drover.Server.Api.Calls;

/// <summary>A path of the API in its parts: version, project scope, type, id, link (api-semantics.md section 2).</summary>
/// <param name="Version">The first segment, such as "v2-beta".</param>
/// <param name="Project">The wire id of the project whose scope the rest is in; null outside of one.</param>
/// <param name="Type">The type's word as it was written; null for the version itself.</param>
/// <param name="Id">The id as it was written.</param>
/// <param name="Link">The link's word as it was written.</param>
public sealed record ApiPath(string Version, string? Project, string? Type, string? Id, string? Link)
{
    /// <summary>The newest version that this server speaks.</summary>
    public const string Latest = "v2-beta";

    /// <summary>The versions that are answered, as paths name them.</summary>
    public static readonly ImmutableArray<string> Versions = ["v1", Latest];

    /// <summary>The version meant by the first segment; null for other services that live beside the API, such as v1-catalog.</summary>
    public ApiVersion? Speaks
        => Version.Equals("v1", StringComparison.Ordinal) ? ApiVersion.V1
            : Version.StartsWith(Latest, StringComparison.Ordinal) || (Version.StartsWith("v1", StringComparison.Ordinal) && !Version.Contains('-', StringComparison.Ordinal)) ? ApiVersion.V2Beta
            : null;

    /// <summary>True for paths that belong to the API and not to the web page.</summary>
    public static bool IsApi(string path)
    {
        var start = path.AsSpan().TrimStart('/');
        return path.StartsWith('/') && (start.StartsWith("v1", StringComparison.Ordinal) || start.StartsWith(Latest, StringComparison.Ordinal));
    }

    /// <summary>Reads a decoded path. Slashes in a row count as one; segments after the link are left out.</summary>
    public static ApiPath Parse(string path)
    {
        ImmutableArray<string> parts = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries)];
        string? At(int index) => index < parts.Length ? parts[index] : null;
        var version = At(0) ?? Latest;
        var scoped = parts.Length > 3 && Is(parts[1], "project") && !Is(parts[3], "projectmember");
        return scoped
            ? new ApiPath(version, parts[2], At(3), At(4), At(5))
            : new ApiPath(version, null, At(1), At(2), At(3));
    }

    private static bool Is(string segment, string singular)
        => segment.Equals(singular, StringComparison.OrdinalIgnoreCase) || segment.Equals(singular + "s", StringComparison.OrdinalIgnoreCase);
}
