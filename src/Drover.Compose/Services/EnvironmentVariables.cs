using System.Text.Json.Nodes;
using Drover.Compose.Codecs;
using Drover.Compose.Files;
using Drover.Compose.Interpolation;

namespace Drover.Compose.Services;

/// <summary>Reads <c>env_file</c> and, over it, <c>environment</c>; a name without value takes the answer of that name, or is left out.</summary>
internal static class EnvironmentVariables
{
    public static JsonObject? Read(ServiceSource source, StackParts parts)
    {
        var variables = new JsonObject();
        if (source.Find("env_file") is { } files)
        {
            foreach (var name in files.Read(Codec.TextList)?.AsArray() ?? [])
                FromFile(name!.ToString(), files, variables, parts);
        }

        foreach (var found in source.Both("environment"))
        {
            foreach (var (name, value) in TextMapCodec.Entries(found.Node, found.Spot))
            {
                if (value is not null)
                    variables[name] = value;
                else if (parts.Variables.TryGetValue(name, out var answer))
                    variables[name] = answer;
                else
                    found.Spot.Child(name).Warn(found.Node, ComposeCodes.UndefinedVariable, $"{name} has no value and no answer; it is left out");
            }
        }

        return variables.Count > 0 ? variables : null;
    }

    private static void FromFile(string name, Found files, JsonObject variables, StackParts parts)
    {
        var key = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
        if (!parts.Files.Texts.TryGetValue(key, out var text))
        {
            files.Spot.Refuse(files.Node, ComposeCodes.InvalidReference, $"the file '{name}' was not handed in");
            return;
        }

        var problems = new List<ComposeProblem>();
        foreach (var (variable, value) in AnswersFile.Read(key, text, problems))
            variables[variable] = value;
        problems.ForEach(parts.Findings.Add);
    }
}
