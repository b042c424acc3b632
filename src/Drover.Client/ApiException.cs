using System.Net;

namespace Drover.Client;

/// <summary>The server refused a request; the parts are those of the API's error body.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">Such as "MissingRequired" or "Not Found".</param>
/// <param name="field">The field to blame; null where none is.</param>
/// <param name="message">A sentence for people; null where the code says all.</param>
/// <param name="detail">More of it.</param>
public sealed class ApiException(HttpStatusCode status, string code, string? field = null, string? message = null, string? detail = null)
    : Exception(Sentence(status, code, field, message, detail))
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>For programs: it does not change where the sentences do.</summary>
    public string Code { get; } = code;

    public string? Field { get; } = field;

    /// <summary>The server's own sentence, without the other parts; null where the code says all.</summary>
    public string? Reason { get; } = message;

    public string? Detail { get; } = detail;

    private static string Sentence(HttpStatusCode status, string code, string? field, string? message, string? detail)
    {
        var said = message is null || message == code ? code : $"{message} ({code})";
        var where = field is null ? said : $"{field}: {said}";
        return $"{where}{(detail is null ? "" : $": {detail}")} [{(int)status}]";
    }
}
