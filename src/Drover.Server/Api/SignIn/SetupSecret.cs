namespace Drover.Server.Api.SignIn;

/// <summary>The setup secret, kept in the data folder for its owner alone.</summary>
public static class SetupSecret
{
    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "setup-secret";

    /// <summary>Reads the secret of a data folder, or makes one. Without a folder it lives as long as the server.</summary>
    public static string Of(string? folder, IdSource ids)
    {
        if (folder is null) return ids.NewSecret();
        var path = Path.Combine(folder, FileName);
        if (File.Exists(path) && File.ReadAllText(path).Trim() is { Length: >= 20 } kept) return kept;
        Directory.CreateDirectory(folder);
        var secret = ids.NewSecret();
        OwnerOnlyFile.Write(path, System.Text.Encoding.ASCII.GetBytes(secret + "\n"));
        return secret;
    }
}
