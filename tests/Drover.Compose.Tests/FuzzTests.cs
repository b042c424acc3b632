using System.Diagnostics;
using System.Text;

namespace Drover.Compose.Tests;

/// <summary>Damages good files at random: whatever comes of it, the reader answers, and a model it gives can be written and read.</summary>
public sealed class FuzzTests
{
    private const int Rounds = 3000;
    private const int Seed = 20170401;

    private static readonly string[] Pieces =
    [
        ":", ": ", "-", "- ", "\n", "\n  ", " ", "\t", "'", "\"", "[", "]", "{", "}", "&a ", "*a", "!", "!!str ", "|", ">", "#", "%", "@", "`", "$", "${", "${X}", "$$", "<<: *a", "null", "~",
        "true", "0", "-1", "99999", "1e9", "\\", "\\0", "\0", "\u001b", "\ud83d", "\uFEFF", "\u0085", "version: '2'", "services:", "image", "labels", "io.rancher.sidekicks", "container:", "80:80", "---", "...",
    ];

    [Fact]
    public void Damaged_files_are_answered_with_a_model_or_with_problems()
    {
        var texts = Directory.GetDirectories(GoldenTests.Folder()).Order(StringComparer.Ordinal)
            .Select(folder => (Docker: Text(folder, ComposeFiles.DockerName), Rancher: Text(folder, ComposeFiles.RancherName)))
            .ToList();
        var random = new Random(Seed);
        var models = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var (docker, rancher) = texts[random.Next(texts.Count)];
            var files = ComposeFiles.Of(Damage(docker, random), random.Next(2) == 0 ? rancher : Damage(rancher, random));
            var watch = Stopwatch.StartNew();

            var result = ComposeReader.Read(files, new Dictionary<string, string> { ["X"] = "x" });

            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
            (result.Model is null).ShouldBe(result.Problems.Count > 0, $"round {round}");
            result.Problems.ShouldAllBe(problem => problem.File.Length > 0 && problem.Code.Length > 0 && problem.Message.Length > 0);
            if (result.Model is not { } model)
                continue;
            models++;
            RoundTripTests.Survives(model, $"round {round} of seed {Seed}");
        }

        models.ShouldBeGreaterThan(Rounds / 50);
    }

    private static string Damage(string text, Random random)
    {
        var damaged = new StringBuilder(text);
        for (var times = random.Next(1, 4); times > 0 && damaged.Length > 0; times--)
        {
            var at = random.Next(damaged.Length);
            var length = Math.Min(random.Next(1, 12), damaged.Length - at);
            switch (random.Next(4))
            {
                case 0:
                    damaged.Remove(at, length);
                    break;
                case 1:
                    damaged.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 2:
                    damaged.Insert(random.Next(damaged.Length), damaged.ToString(at, length));
                    break;
                default:
                    damaged[at] = (char)random.Next(1, 0x250);
                    break;
            }
        }

        return damaged.ToString();
    }

    private static string Text(string folder, string name) => File.Exists(Path.Combine(folder, name)) ? File.ReadAllText(Path.Combine(folder, name)) : "";
}
