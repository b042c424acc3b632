using Drover.Compose.Yaml;

namespace Drover.Compose.Codecs;

/// <summary>The text of a scalar where text is wanted: a boolean as true or false, null as nothing, all else as written.</summary>
internal static class ScalarText
{
    public static string Of(YamlScalar scalar) => scalar.Kind switch
    {
        ScalarKind.Null => "",
        ScalarKind.Boolean => YamlScalar.Boolean(scalar.Text) == true ? "true" : "false",
        _ => scalar.Text,
    };
}
