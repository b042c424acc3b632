namespace Drover.Agent.Docker.Engine.Images;

/// <summary>
/// The name of an image, cut into repository and tag or digest. The last colon parts the tag, unless a slash follows:
/// then it belongs to the registry's port.
/// </summary>
public sealed record ImageReference(string Repository, string? Tag, string? Digest)
{
    /// <summary>What an engine takes when neither tag nor digest is given.</summary>
    public const string UsualTag = "latest";

    /// <summary>Cuts a name; the engine judges whether the parts are valid.</summary>
    public static ImageReference Parse(string name)
    {
        var (rest, digest) = name.IndexOf('@') is var at and >= 0 ? (name[..at], name[(at + 1)..]) : (name, null);
        var colon = rest.LastIndexOf(':');
        return colon > rest.LastIndexOf('/')
            ? new ImageReference(rest[..colon], rest[(colon + 1)..], digest)
            : new ImageReference(rest, null, digest);
    }

    /// <summary>The registry's host and port, null for Docker Hub: the first part, if it has a dot or a port or is localhost.</summary>
    public string? Registry =>
        Repository.Split('/') is [var first, _, ..] && (first.Contains('.') || first.Contains(':') || first == "localhost") ? first : null;

    /// <summary>What a pull asks for: the digest if there is one, else the tag.</summary>
    public string TagOrDigest => Digest ?? Tag ?? UsualTag;

    public override string ToString() =>
        Repository + (Tag is null ? "" : $":{Tag}") + (Digest is null ? "" : $"@{Digest}");
}
