namespace Drover.Client.Connection;

/// <summary>Addresses below a server's API, as text without a slash at the end.</summary>
/// <param name="Server">Such as http://drover:8080.</param>
/// <param name="Environment">The environment's wire id where the given address named one.</param>
internal sealed record ApiAddress(string Server, string? Environment)
{
    /// <summary>The API outside of any environment.</summary>
    public string Root => $"{Server}/v2-beta";

    /// <summary>The API within an environment.</summary>
    public string Within(string environment) => $"{Root}/projects/{Uri.EscapeDataString(environment)}";

    /// <summary>Understands what people and other clients configure: with or without version, project and /schemas.</summary>
    public static ApiAddress Parse(Uri url)
    {
        if (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https"))
            throw new ArgumentException($"{url} is no address of a server; it begins with http:// or https://", nameof(url));
        var path = url.AbsolutePath.Trim('/').Split('/');
        var version = Array.FindIndex(path, part => part is "v1" or "v2" or "v2-beta");
        var before = version < 0 ? path : path[..version];
        var prefix = string.Join('/', before.Where(part => part.Length > 0));
        var project = version >= 0 && path.Length > version + 2 && path[version + 1] == "projects" ? path[version + 2] : null;
        var server = url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        return new ApiAddress(prefix.Length == 0 ? server : $"{server}/{prefix}", project);
    }
}
