namespace Drover.Cli.Files;

/// <summary>The name of a stack that nobody named.</summary>
internal static class StackName
{
    private const int MaxLength = 63;

    /// <summary>Made of a folder's name: letters, digits and single dashes, as stack names may have.</summary>
    public static string Of(string folder)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var letters = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
        var parts = letters.Split('-', StringSplitOptions.RemoveEmptyEntries);
        var joined = string.Join('-', parts);
        if (joined.Length > MaxLength) joined = joined[..MaxLength].TrimEnd('-');
        return joined.Length > 0 ? joined : throw new UsageException($"the folder {folder} gives no name for a stack: name it with --stack");
    }
}
