using System.Globalization;

namespace Drover.Benchmarks;

/// <summary>One measured value beside a named baseline of the same run. Only the ratio travels between machines.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The value in <paramref name="Unit"/>.</param>
/// <param name="Baseline">What it is compared with.</param>
/// <param name="BaselineValue">The baseline's value in the same unit.</param>
/// <param name="Aim">What the design asks for; empty where it asks for nothing.</param>
public sealed record Figure(string Name, double Value, string Unit, string Baseline, double BaselineValue, string Aim = "")
{
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Name}: {Value:#,0.##} {Unit}; {Baseline}: {BaselineValue:#,0.##} {Unit}; ratio {Value / BaselineValue:0.00}{(Aim.Length > 0 ? $" ({Aim})" : "")}");
}
