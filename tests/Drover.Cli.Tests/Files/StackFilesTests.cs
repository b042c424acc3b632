using Drover.Cli.Files;

namespace Drover.Cli.Tests.Files;

public sealed class StackFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drover-cli-").FullName;
    private readonly List<string> _warnings = [];

    [Fact]
    public void The_usual_files_of_a_folder_are_found()
    {
        Write("docker-compose.yml", "web:\n  image: ${IMAGE}\n");
        Write("rancher-compose.yml", "web:\n  scale: 2\n");
        Write("answers.txt", "IMAGE=nginx:1\nTEXT='two\nlines'\n");
        var files = Load();
        files.DockerCompose.ShouldStartWith("web:");
        files.RancherCompose.ShouldBe("web:\n  scale: 2\n");
        files.Answers["IMAGE"].ShouldBe("nginx:1");
        files.Answers["TEXT"].ShouldBe("two\nlines");
    }

    [Fact]
    public void A_named_file_brings_its_own_folder()
    {
        Write("other/my.yml", "web:\n  image: a\n");
        Write("other/rancher-compose.yml", "web:\n  scale: 3\n");
        Load(docker: "other/my.yml").RancherCompose.ShouldBe("web:\n  scale: 3\n");
    }

    [Fact]
    public void Without_files_it_says_what_was_looked_for() =>
        Should.Throw<UsageException>(() => Load()).Message.ShouldContain("docker-compose.yml");

    [Fact]
    public void A_named_file_must_be_there()
    {
        Write("docker-compose.yml", "web:\n  image: a\n");
        Should.Throw<UsageException>(() => Load(answers: "none.txt")).Message.ShouldContain("none.txt is not there");
    }

    [Fact]
    public void A_mistake_names_the_file_as_the_person_calls_it_with_line_and_key()
    {
        Write("shop.yml", "web:\n  image: a\n  ports: [\"99999:80\"]\n");
        var message = Should.Throw<UsageException>(() => Load(docker: "shop.yml")).Message;
        message.ShouldContain("shop.yml line 3");
        message.ShouldContain("ports");
    }

    [Fact]
    public void Answers_that_cannot_be_read_are_named_with_their_line()
    {
        Write("docker-compose.yml", "web:\n  image: a\n");
        Write("answers.txt", "A=1\n?!\n");
        Should.Throw<UsageException>(() => Load()).Message.ShouldContain("answers.txt line 2");
    }

    [Theory]
    [InlineData("/srv/shop", "shop")]
    [InlineData("/srv/My Shop_2/", "My-Shop-2")]
    [InlineData("/srv/--a--b--", "a-b")]
    public void A_folder_s_name_makes_a_stack_s_name(string folder, string name) => StackName.Of(folder).ShouldBe(name);

    [Fact]
    public void A_folder_without_letters_makes_none() => Should.Throw<UsageException>(() => StackName.Of("/")).Message.ShouldContain("--stack");

    [Fact]
    public void A_long_name_is_cut() => StackName.Of("/" + new string('a', 100)).Length.ShouldBe(63);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private StackFiles Load(string? docker = null, string? rancher = null, string? answers = null) =>
        StackFiles.Load(_folder, docker, rancher, answers, _warnings.Add);

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
