using System.Text.Json;
using Drover.Model.Kernel;

namespace Drover.Server.Api.Rendering;

/// <summary>Writes the error body of the contract (api-semantics.md section 7).</summary>
public static class ErrorWriter
{
    /// <param name="json">Where to.</param>
    /// <param name="id">A uuid that is logged with unexpected errors.</param>
    /// <param name="problem">What is wrong.</param>
    public static void Write(Utf8JsonWriter json, Guid id, Problem problem)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("type", "error");
        json.WriteStartObject("links");
        json.WriteEndObject();
        json.WriteStartObject("actions");
        json.WriteEndObject();
        json.WriteNumber("status", problem.Status);
        json.WriteString("code", problem.Code);
        json.WriteString("message", problem.Message);
        json.WriteString("detail", problem.Detail);
        if (problem.Status == 422) json.WriteString("fieldName", problem.Field);
        json.WriteString("baseType", "error");
        json.WriteEndObject();
    }
}
