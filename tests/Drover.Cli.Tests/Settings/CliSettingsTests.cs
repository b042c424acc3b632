using Drover.Cli.Settings;

namespace Drover.Cli.Tests.Settings;

public sealed class CliSettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drover-cli-").FullName;

    [Fact]
    public void Flags_come_before_variables_and_variables_before_the_file()
    {
        var file = new CliSettings("http://file", "fk", "fs", "FileEnv");
        Resolve(new CliSettings(), [], file).ShouldBe(file);
        Resolve(new CliSettings(), [("DROVER_ENVIRONMENT", "Var")], file).Environment.ShouldBe("Var");
        Resolve(new CliSettings(Environment: "Flag"), [("DROVER_ENVIRONMENT", "Var")], file).Environment.ShouldBe("Flag");
    }

    [Fact]
    public void Variables_of_Rancher_s_own_tools_are_understood_and_ours_come_first()
    {
        Resolve(new CliSettings(), [("RANCHER_URL", "http://r"), ("RANCHER_ACCESS_KEY", "a"), ("RANCHER_SECRET_KEY", "s")], new CliSettings())
            .ShouldBe(new CliSettings("http://r", "a", "s"));
        Resolve(new CliSettings(), [("RANCHER_URL", "http://r"), ("DROVER_URL", "http://d")], new CliSettings()).Url.ShouldBe("http://d");
    }

    [Fact]
    public void Without_anything_the_server_is_on_this_machine() =>
        Resolve(new CliSettings(), [("DROVER_URL", " ")], new CliSettings()).Url.ShouldBe("http://127.0.0.1:8080");

    [Fact]
    public void A_key_from_the_file_is_not_shown_to_another_server() =>
        Resolve(new CliSettings("http://other"), [], new CliSettings("http://file", "fk", "fs", "Env")).ShouldBe(new CliSettings("http://other"));

    [Fact]
    public void The_file_is_where_DROVER_CONFIG_says_or_in_the_configuration_folder()
    {
        CliSettings.FileOf(name => name == "DROVER_CONFIG" ? "/x/y.json" : null).ShouldBe("/x/y.json");
        CliSettings.FileOf(name => name == "HOME" ? "/home/ann" : null).ShouldBe("/home/ann/.config/drover/cli.json");
        CliSettings.FileOf(name => name == "XDG_CONFIG_HOME" ? "/cfg" : "/home/ann").ShouldBe("/home/ann");
    }

    [Fact]
    public void What_is_kept_is_read_again_and_nobody_else_can_read_it()
    {
        var file = Path.Combine(_folder, "deep", "cli.json");
        var settings = new CliSettings("http://h", "key", "secret", "Default");
        settings.Save(file);
        settings.Save(file);
        CliSettings.Load(file).ShouldBe(settings);
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void An_absent_file_is_empty_and_a_broken_one_is_named()
    {
        CliSettings.Load(Path.Combine(_folder, "none.json")).ShouldBe(new CliSettings());
        var broken = Path.Combine(_folder, "broken.json");
        File.WriteAllText(broken, "{");
        Should.Throw<UsageException>(() => CliSettings.Load(broken)).Message.ShouldContain(broken);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CliSettings Resolve(CliSettings flags, (string Name, string Value)[] variables, CliSettings file) =>
        CliSettings.Resolve(flags, name => variables.Where(variable => variable.Name == name).Select(variable => variable.Value).FirstOrDefault(), file);
}
