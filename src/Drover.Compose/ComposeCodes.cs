namespace Drover.Compose;

/// <summary>The codes of compose problems: the API's own words where it has one for the case.</summary>
public static class ComposeCodes
{
    public const string InvalidYaml = "InvalidYaml";
    public const string InvalidCharacters = "InvalidCharacters";
    public const string InvalidFormat = "InvalidFormat";
    public const string InvalidOption = "InvalidOption";
    public const string InvalidReference = "InvalidReference";
    public const string InvalidType = "InvalidType";
    public const string MissingRequired = "MissingRequired";
    public const string NotUnique = "NotUnique";
    public const string MinLimitExceeded = "MinLimitExceeded";
    public const string MaxLimitExceeded = "MaxLimitExceeded";
    public const string UnknownKey = "UnknownKey";
    public const string UnsupportedVersion = "UnsupportedVersion";

    /// <summary>A warning: the key is known to compose and has no effect here.</summary>
    public const string IgnoredKey = "IgnoredKey";

    /// <summary>A warning: a variable has no value and empty text stands for it.</summary>
    public const string UndefinedVariable = "UndefinedVariable";

    /// <summary>A problem about the number of problems: the rest is not listed.</summary>
    public const string TooManyProblems = "TooManyProblems";
}
