namespace Drover.Cli;

/// <summary>The person at the command line can mend it.</summary>
/// <param name="message">What is wrong and what to do.</param>
internal sealed class UsageException(string message) : Exception(message);
