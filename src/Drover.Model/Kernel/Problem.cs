namespace Drover.Model.Kernel;

/// <summary>Something a caller did wrong: answered as an error body that names the field.</summary>
/// <param name="Code">A code of api-semantics.md section 7, such as "MissingRequired".</param>
/// <param name="Field">The wire name of the field; null where none is to blame.</param>
/// <param name="Message">A sentence that says what to do; null where the code says all.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">More for people.</param>
public sealed record Problem(string Code, string? Field = null, string? Message = null, int Status = 422, string? Detail = null)
{
    public static Problem NotFound() => new("Not Found", Message: "Not Found", Status: 404);

    public static Problem Forbidden(string? message = null) => new("Forbidden", Message: message ?? "Forbidden", Status: 403);

    /// <summary>Says nothing about why; the detail is for people who may know.</summary>
    public static Problem Unauthorized(string? detail = null) => new("Unauthorized", Message: "Unauthorized", Status: 401, Detail: detail);

    public static Problem NotAllowed(string? detail = null) => new("Method not allowed", Message: "Method not allowed", Status: 405, Detail: detail);

    public static Problem Conflict(string? message = null) => new("Conflict", Message: message ?? "Conflict", Status: 409);
}

/// <summary>Carries a <see cref="Problem"/> out of a write; the API answers with it.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Message ?? problem.Code)
{
    public Problem Problem { get; } = problem;
}
