using System.Diagnostics;

namespace Drover.EndToEnd.Quickstart;

public sealed class QuickstartOptionTests
{
    [Theory]
    [InlineData("--port", "0")]
    [InlineData("--port", "x")]
    [InlineData("--port", "70000")]
    [InlineData("--data", "a b")]
    [InlineData("--data", "")]
    [InlineData("--dance", "")]
    public async Task A_wrong_option_is_refused_before_anything_is_done(string option, string value)
    {
        var folder = Directory.CreateTempSubdirectory("drover-options-").FullName;
        var start = new ProcessStartInfo("bash", [Checkout.File("quickstart.sh"), option, value]) { RedirectStandardError = true, WorkingDirectory = folder };
        using var script = Process.Start(start)!;
        var said = await script.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        script.ExitCode.ShouldBe(1);
        said.ShouldContain("quickstart.sh: ");
        Directory.EnumerateFileSystemEntries(folder).ShouldBeEmpty();
        Directory.Delete(folder);
    }
}
