using System.Diagnostics;
using System.Globalization;

namespace Drover.Store.Tests.Kill;

/// <summary>What one run of the host said before it was killed.</summary>
/// <param name="Acks">Acknowledged steps: writer, step, number of the object.</param>
/// <param name="Told">Numbers that failed writes told of.</param>
/// <param name="Shown">What the subscriber was shown: revision and object.</param>
internal sealed record HostRun(
    IReadOnlyList<(int Writer, int Step, long Id)> Acks, IReadOnlyList<long> Told, IReadOnlyList<(long Revision, long Id)> Shown)
{
    /// <summary>Starts the host, kills it with SIGKILL once it has said some lines and a random while has passed.</summary>
    public static async Task<HostRun> UntilKilledAsync(string folder, int writers, Random random, CancellationToken cancel)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, [folder, $"{writers}"]) { RedirectStandardOutput = true })!;
        var (acks, told, shown) = (new List<(int, int, long)>(), new List<long>(), new List<(long, long)>());
        var opened = false;
        var killAfter = random.Next(200);
        while (await process.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            var words = line.Split(' ');
            var numbers = words.Skip(1).Select(word => long.Parse(word, CultureInfo.InvariantCulture)).ToArray();
            switch (words[0])
            {
                case "open": opened = true; break;
                case "ack": acks.Add(((int)numbers[0], (int)numbers[1], numbers[2])); break;
                case "told": told.Add(numbers[2]); break;
                case "shown": shown.Add((numbers[0], numbers[1])); break;
            }

            if (killAfter-- == 0) process.Kill();
        }

        await process.WaitForExitAsync(cancel);
        return opened ? new HostRun(acks, told, shown) : throw new InvalidOperationException($"the host did not open {folder} (exit code {process.ExitCode})");
    }

    /// <summary>The host's program, built beside this one.</summary>
    private static string Program
        => Path.Combine(AppContext.BaseDirectory.Replace("Drover.Store.Tests", "Drover.Store.Host", StringComparison.Ordinal), "Drover.Store.Host");
}
