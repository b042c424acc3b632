using Drover.Compose.Codecs;
using Drover.Compose.Services;
using Drover.Compose.Yaml;

namespace Drover.Compose.Tests.Services;

public sealed class KeyTableTests
{
    private static readonly IReadOnlyList<ComposeKey> LaunchConfig = [.. LaunchKeys.Docker, .. LaunchKeys.Rancher];

    [Fact]
    public void No_key_and_no_field_stands_in_a_table_twice()
    {
        LaunchConfig.Select(key => key.Name).ShouldBeUnique();
        LaunchConfig.Select(key => key.Wire).ShouldBeUnique();
        ServiceKeys.Fields.Select(key => key.Name).ShouldBeUnique();
        ServiceKeys.Fields.Select(key => key.Wire).ShouldBeUnique();
    }

    [Fact]
    public void Every_key_stands_in_a_golden_case()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(GoldenTests.Folder(), "*.yml", SearchOption.AllDirectories))
        {
            if (YamlReader.Read(path, File.ReadAllText(path), []) is YamlMap root)
                Collect(root, used);
        }

        var seldom = new[] { "blkio_config", "configs", "cpu_rt_period", "cpu_rt_runtime", "cpus", "credential_spec", "deploy", "device_cgroup_rules", "platform", "profiles", "pull_policy", "runtime", "service_schemas" };
        ServiceKeys.All.Except(used).Order(StringComparer.Ordinal).ShouldBe(seldom);
        seldom.ShouldAllBe(key => ServiceKeys.Ignored.Contains(key));
    }

    [Fact]
    public void Every_key_may_be_there_without_a_value()
    {
        var keys = string.Concat(ServiceKeys.All.Except(["image"]).Select(key => $"  {key}:\n"));
        var result = ComposeReader.Read(ComposeFiles.Of("web:\n  image: nginx\n" + keys), new Dictionary<string, string>());

        var service = result.Model.ShouldNotBeNull(string.Join("\n", result.Problems)).Services.ShouldHaveSingleItem();
        service.Kind.ShouldBe(ServiceKinds.Service);
        service.Body["launchConfig"]!.ToJsonString().ShouldBe("""{"imageUuid":"docker:nginx","networkMode":"managed"}""");
        result.Warnings.ShouldAllBe(warning => warning.Code == ComposeCodes.IgnoredKey);
    }

    [Theory]
    [InlineData("[[a]]")]
    [InlineData("[{a: b}]")]
    [InlineData("{a: {b: {c: d}}}")]
    [InlineData("[null]")]
    [InlineData("\"\"")]
    [InlineData("'-'")]
    [InlineData("99999999999999999999999")]
    public void Every_key_answers_a_strange_value_and_names_itself_where_it_refuses(string value)
    {
        foreach (var key in ServiceKeys.All.Except(["image", "extends"]))
        {
            var result = ComposeReader.Read(ComposeFiles.Of($"web:\n  image: nginx\n  {key}: {value}\n"), new Dictionary<string, string>());

            (result.Model is null).ShouldBe(result.Problems.Count > 0, key);
            if (key is not ("external_ips" or "lb_config"))
                result.Problems.ShouldAllBe(problem => problem.Key.StartsWith($"web.{key}", StringComparison.Ordinal) && problem.Line == 3, $"{key}: {string.Join("; ", result.Problems)}");
        }
    }

    private static void Collect(YamlNode node, HashSet<string> keys)
    {
        if (node is YamlMap map)
        {
            foreach (var entry in map.Entries)
            {
                keys.Add(entry.Key);
                Collect(entry.Value, keys);
            }
        }
        else if (node is YamlList list)
        {
            foreach (var item in list.Items)
                Collect(item, keys);
        }
    }
}
