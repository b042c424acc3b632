using System.Collections;
using Drover.Server.Settings;

namespace Drover.Server.Tests.Settings;

public sealed class SettingEnvironmentTests
{
    [Theory]
    [InlineData("api.host", "http://a")]
    [InlineData("catalog.url", "http://c")]
    [InlineData("audit_log.purge.after.seconds", "60")]
    [InlineData("ui.pl", "first")]
    [InlineData("localization", null)]
    public void A_variable_gives_the_setting_that_its_name_says(string setting, string? value)
        => SettingEnvironment.Find(
            SettingEnvironment.Of(new Hashtable
            {
                ["CATTLE_API_HOST"] = "http://a",
                ["DEFAULT_CATTLE_CATALOG_URL"] = "http://c",
                ["CATTLE_AUDIT_LOG_PURGE_AFTER_SECONDS"] = "60",
                ["CATTLE_UI_PL"] = "first",
                ["DEFAULT_CATTLE_UI_PL"] = "second",
                ["LOCALIZATION"] = "no",
            }),
            setting).ShouldBe(value);
}
