namespace Drover.Server.Api.Queries;

/// <summary>How many records one request may still look at, however many lists it fills.</summary>
public sealed class Sight
{
    /// <summary>The most records that one request looks at, newest first.</summary>
    public const int Most = 10_000;

    private int _left = Most;

    /// <summary>True where no more is looked at.</summary>
    public bool IsSpent => _left <= 0;

    /// <summary>Counts records that were looked at; a look that finds none counts too.</summary>
    public void Spend(int records) => _left -= Math.Max(records, 1);
}
